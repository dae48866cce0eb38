// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlSocketTest {

  @TempDir Path folder;

  @Test
  void answersACommandWithItsArguments() {
    try (ControlServer server =
        serving("echo", arguments -> Map.of("said", arguments.get("say")))) {
      assertThat(server).isNotNull();
      assertThat(client().send("echo", Map.of("say", "审计"))).containsEntry("said", "审计");
    }
  }

  @Test
  void passesOnTheServersRefusal() {
    try (ControlServer server =
        serving(
            "fail",
            arguments -> {
              throw new PlatformException(ControlErrorCode.SOCKET_FAILED, "no");
            })) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> client().send("fail", Map.of()))
          .withMessageContaining("CTL-0003")
          .withMessageContaining("CTL-0004");
    }
  }

  @Test
  void namesTheKnownCommandsWhenAskedForAnother() {
    try (ControlServer server = serving("stop", arguments -> Map.of())) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> client().send("dance", Map.of()))
          .withMessageContaining("CTL-0002")
          .withMessageContaining("stop");
    }
  }

  @Test
  void refusesALineThatIsNoObjectAndGoesOnServing() throws Exception {
    try (ControlServer server = serving("status", arguments -> Map.of("fine", true))) {
      assertThat(server).isNotNull();
      try (SocketChannel raw = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        raw.connect(UnixDomainSocketAddress.of(socket()));
        raw.write(ByteBuffer.wrap("[1,2\n".getBytes(StandardCharsets.UTF_8)));
        ByteBuffer answer = ByteBuffer.allocate(1000);
        raw.read(answer);
        assertThat(new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8))
            .contains("\"ok\":false", "CTL-0002");
      }
      assertThat(client().send("status", Map.of())).containsEntry("fine", true);
    }
  }

  @Test
  void saysThatNothingRunsWhereNoServerIs() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> client().send("status", Map.of()))
        .withMessageContaining("CTL-0001");
  }

  @Test
  void replacesTheSocketThatADeadProcessLeft() throws Exception {
    Files.createDirectories(socket().getParent());
    Files.createFile(socket());
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> client().send("status", Map.of()))
        .withMessageContaining("CTL-0001");
    try (ControlServer server = serving("status", arguments -> Map.of("fine", true))) {
      assertThat(server).isNotNull();
      assertThat(client().send("status", Map.of())).containsEntry("fine", true);
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void letsOnlyTheOwnerIn() throws Exception {
    try (ControlServer server = serving("status", arguments -> Map.of())) {
      assertThat(server).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket().getParent())))
          .isEqualTo("rwx------");
    }
  }

  private ControlServer serving(String command, ControlServer.Handler handler) {
    return ControlServer.start(socket(), Map.of(command, handler));
  }

  private ControlClient client() {
    return new ControlClient(socket());
  }

  private Path socket() {
    return folder.resolve("run").resolve("control.sock");
  }
}
