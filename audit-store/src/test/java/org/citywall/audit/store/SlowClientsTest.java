// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.store.StoreAccessTest.assertRefused;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.TestEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hold a connection by doing nothing, or too little. */
@Timeout(60)
class SlowClientsTest {

  private static final StoreLimits SHORT =
      StoreLimits.DEFAULT
          .withTimes(Duration.ofMillis(200), Duration.ofSeconds(1))
          .withConcurrency(1, 1);

  @TempDir private Path folder;

  private TestStore store;

  @BeforeEach
  void start() {
    store = TestStore.start(folder, SHORT);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Socket plain() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), store.port());
  }

  private Socket secured() throws IOException {
    return TestStore.identity(TestStore.CONSOLE)
        .mutualContext(TestStore.authorities())
        .getSocketFactory()
        .createSocket(InetAddress.getLoopbackAddress(), store.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Returns when the other end has closed the connection. */
  private static void awaitClosed(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        continue;
      }
    } catch (SocketException e) {
      // A reset is an end, too.
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void closesAConnectionThatDoesNotFinishItsHandshake() throws Exception {
    try (Socket socket = plain()) {
      socket.getOutputStream().write(0x16);

      awaitClosed(socket);
    }
    assertServes();
  }

  @Test
  void closesAConnectionThatDoesNotFinishItsHeader() throws Exception {
    try (Socket socket = secured()) {
      send(socket, "GET /v1/size HTTP/1.1\r\nHost: x\r\nX-Slow: ");

      awaitClosed(socket);
    }
    assertServes();
  }

  @Test
  void closesAConnectionThatDoesNotFinishItsBody() throws Exception {
    try (Socket socket = secured()) {
      send(socket, "POST /v1/append HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");

      awaitClosed(socket);
    }
    assertServes();
  }

  @Test
  void closesAConnectionThatDoesNotReadItsAnswer() throws Exception {
    store.log().append(largeEntries());
    try (Socket socket = secured();
        RemoteLog other = patient()) {
      send(socket, "GET /v1/entries?from=0&max=100 HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(socket.getInputStream().read()).isEqualTo('H');

      assertThat(other.read(0).leaf()).isZero();
    }
  }

  private RemoteLog patient() {
    Duration patience = Duration.ofSeconds(30);
    return RemoteLog.open(store.options(TestStore.CONSOLE).withTimes(patience, patience, patience));
  }

  private static List<Entry> largeEntries() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 32; i++) {
      Event event =
          Event.builder(new SourcePosition("large", 1, i), TestEvents.TIME, TestEvents.TIME)
              .put(Field.GOV_NOTE, "x".repeat(900_000))
              .build();
      entries.add(new Entry(EntryKind.EVENT, event));
    }
    return entries;
  }

  @Test
  void servesOthersWhileManyConnectionsDoNothing() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = plain();
        socket.getOutputStream().write(0x16);
        idle.add(socket);
      }
      assertServes();
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void tellsTooManyWaitingClientsToComeLater() throws Exception {
    RemoteLogOptions impatient =
        store
            .options(TestStore.READER)
            .withTimes(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(60));
    try (Socket waiting = secured();
        RawClient raw = RawClient.of(store, TestStore.READER);
        RemoteLog log = RemoteLog.open(impatient)) {
      assertThat(log.size()).isZero();
      boolean refused = false;
      for (int i = 0; i < 100 && !refused; i++) {
        send(waiting, "GET /v1/size?beyond=5&wait=200 HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = raw.get("/v1/size?beyond=5&wait=1");
        refused = answer.statusCode() == 503;
        assertThat(refused == answer.headers().firstValue("Retry-After").isPresent()).isTrue();
      }
      assertThat(refused).isTrue();
    }
  }

  @Test
  void sendsWhoeverFindsItBusyAwayUnharmed() throws Exception {
    try (RawClient raw = RawClient.of(store, TestStore.CONSOLE)) {
      // A first request of ours may take longer than the store waits for the body of the other.
      assertThat(raw.get("/v1/tree").statusCode()).isEqualTo(200);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isRefusedBesideHalfABody(raw));

      assertServes();
    }
  }

  /** Whether the store refuses one of some requests that come while it waits for a body. */
  private boolean isRefusedBesideHalfABody(RawClient raw) throws Exception {
    try (Socket busy = secured()) {
      send(busy, "POST /v1/append HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
      boolean refused = false;
      for (int i = 0; i < 50 && !refused; i++) {
        refused = raw.get("/v1/tree").statusCode() == 503;
      }
      awaitClosed(busy);
      return refused;
    }
  }

  private void assertServes() {
    try (RemoteLog log = store.client()) {
      long size = log.size();
      assertThat(log.append(TestEvents.range("honest", size + 1, size + 2)))
          .containsExactly(size, size + 1);
      assertThat(log.read(size).event().position().source()).isEqualTo("honest");
      assertRefused(AuditErrorCode.LEAF_OUT_OF_RANGE, () -> log.read(size + 2));
    }
  }
}
