// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.citywall.collect.internal.listen.Deadlines.Deadline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Deadlines deadlines = new Deadlines();
  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      near = new Socket(server.getInetAddress(), server.getLocalPort());
      far = server.accept();
    }
  }

  @AfterEach
  void close() throws IOException {
    near.close();
    far.close();
    deadlines.close();
  }

  @Test
  void endsAReadWhoseTimeIsOver() {
    Deadline deadline = deadlines.watch(near);
    deadline.within(SHORT);

    assertThatThrownBy(() -> near.getInputStream().read()).isInstanceOf(IOException.class);
    assertThat(deadline.expired()).isTrue();
  }

  @Test
  void endsAWriteToAPeerThatDoesNotRead() throws IOException {
    Deadline deadline = deadlines.watch(near);
    OutputStream out = new TimedOutput(near.getOutputStream(), deadline, SHORT);
    byte[] much = new byte[1 << 20];

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 64; i++) {
                out.write(much);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(deadline.expired()).isTrue();
  }

  @Test
  void leavesThoseAloneWhoseTimeIsNotOverOrSwitchedOff() throws IOException {
    try (Deadline other = deadlines.watch(far)) {
      other.within(SHORT);
      Deadline off = deadlines.watch(near);
      off.within(SHORT);
      off.off();
      Deadline later = deadlines.watch(near);
      later.within(LONG);
      await().atMost(Duration.ofSeconds(10)).until(other::expired);

      assertThat(off.expired()).isFalse();
      assertThat(later.expired()).isFalse();
      assertThat(near.isClosed()).isFalse();
    }
  }
}
