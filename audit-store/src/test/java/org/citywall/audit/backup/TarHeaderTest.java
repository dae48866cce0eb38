// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarHeaderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 511, 512, 8_589_934_591L, 8_589_934_592L, 1L << 49})
  void readsBackEveryLength(long length) {
    TarHeader header = new TarHeader("log/segment/x", length);

    assertThat(TarHeader.decode(header.encode())).isEqualTo(header);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 150, 200, 250})
  void readsBackNamesThatNeedThePrefix(int bytes) {
    String name = "0123456/".repeat(40).substring(0, bytes - 1) + "x";
    TarHeader header = new TarHeader(name, 7);

    assertThat(TarHeader.decode(header.encode())).isEqualTo(header);
  }

  @Test
  void refusesANameThatFitsNowhere() {
    assertThatThrownBy(() -> new TarHeader("x".repeat(101), 7).encode())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isReadByTarAndSha256sum() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArchiveWriter archive = new ArchiveWriter(out);
    for (String name : new String[] {"a", "log/中文", "deep/".repeat(30) + "b"}) {
      byte[] content = ("content of " + name).getBytes(StandardCharsets.UTF_8);
      archive.add(BackupMember.of(name, content));
    }
    archive.addUnlisted("SHA256SUMS", archive.sums());
    archive.finish();
    Files.write(folder.resolve("a.tar"), out.toByteArray());

    assertThat(run("tar", "xf", "a.tar")).isZero();
    assertThat(run("sha256sum", "--check", "--strict", "SHA256SUMS")).isZero();
    assertThat(folder.resolve("log/中文")).hasContent("content of log/中文");
  }

  private int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
