// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {

  private static final String GOOD = "scheme: zhejiang-4\ntables: []\n";
  private static final String OTHER = "scheme: hangzhou-4\ntables: []\n";
  private static final String WRONG = "scheme: nothing-4x\ntables: []\n";

  @TempDir Path folder;
  private Path catalogue = Path.of("");
  private Path file = Path.of("");
  private long time = 1_000;

  @BeforeEach
  void write() throws IOException {
    catalogue = folder.resolve("catalogue.yaml");
    file = folder.resolve("proxy.yaml");
    write(catalogue, GOOD);
    writeConfig("catalogue.yaml");
  }

  @Test
  void takesAChangeOnceItStayedTheSame() throws IOException {
    PolicyFiles files = open();
    String before = files.current().policy().version();
    assertThat(files.look()).isFalse();

    write(catalogue, OTHER);

    assertThat(files.look()).isFalse();
    assertThat(files.current().policy().version()).isEqualTo(before);
    assertThat(files.look()).isTrue();
    assertThat(files.current().policy().catalogue().scheme().id()).isEqualTo("hangzhou-4");
    assertThat(files.look()).isFalse();
  }

  @Test
  void waitsWhileTheFileIsStillWritten() throws IOException {
    PolicyFiles files = open();
    for (int i = 0; i < 3; i++) {
      write(catalogue, OTHER);

      assertThat(files.look()).isFalse();
    }
    assertThat(files.look()).isTrue();
  }

  @Test
  void keepsTheLastGoodOneAndNamesAndCountsWhatIsWrong() throws IOException {
    PolicyFiles files = open();
    write(catalogue, WRONG);
    files.look();

    assertThat(files.look()).isFalse();
    assertThat(files.look()).isFalse();

    assertThat(files.current().policy().catalogue().scheme().id()).isEqualTo("zhejiang-4");
    assertThat(files.failures()).isEqualTo(1);
    assertThat(files.lastFailure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.code()).isEqualTo(MaskingErrorCode.POLICY_KEPT);
              assertThat(failure).hasMessageContaining("MSK-0085").hasMessageContaining(":1:");
            });
  }

  @Test
  void forgetsTheFailureWithTheCorrection() throws IOException {
    PolicyFiles files = open();
    write(catalogue, WRONG);
    files.look();
    files.look();

    write(catalogue, GOOD);
    files.look();

    assertThat(files.look()).isTrue();
    assertThat(files.lastFailure()).isEmpty();
    assertThat(files.failures()).isEqualTo(1);
  }

  @Test
  void keepsTheLastGoodOneWhileTheFileIsAway() throws IOException {
    PolicyFiles files = open();
    Files.delete(catalogue);
    files.look();

    assertThat(files.look()).isFalse();
    assertThat(files.lastFailure()).isPresent();
    assertThat(files.current().policy().catalogue().scheme().id()).isEqualTo("zhejiang-4");
  }

  @Test
  void followsTheProxysFileToAnotherCatalogue() throws IOException {
    PolicyFiles files = open();
    write(folder.resolve("next.yaml"), OTHER);
    writeConfig("next.yaml");
    files.look();
    assertThat(files.look()).isTrue();
    assertThat(files.current().policy().catalogue().scheme().id()).isEqualTo("hangzhou-4");

    write(folder.resolve("next.yaml"), GOOD);

    files.look();
    assertThat(files.look()).isTrue();
    assertThat(files.current().policy().catalogue().scheme().id()).isEqualTo("zhejiang-4");
  }

  @Test
  void doesNotStartWithFilesThatAreWrong() throws IOException {
    write(catalogue, WRONG);

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(this::open)
        .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.SCHEME_UNKNOWN));
  }

  private PolicyFiles open() {
    return new PolicyFiles(file, Map.of(), Optional.empty(), config -> {});
  }

  private void writeConfig(String catalogueName) throws IOException {
    write(
        file,
        """
        listen: 127.0.0.1:0
        backend: {dialect: postgresql, host: h, port: 1, database: d, user: u, password: "${env:P}"}
        catalogue:\s"""
            + catalogueName
            + "\n");
  }

  /** Each writing has a time of its own, as fine as the file system may be. */
  private void write(Path path, String text) throws IOException {
    Files.writeString(path, text);
    time += 1_000;
    Files.setLastModifiedTime(path, FileTime.fromMillis(time));
  }
}
