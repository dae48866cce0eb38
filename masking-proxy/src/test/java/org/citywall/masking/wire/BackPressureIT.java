// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Much data between two sides of which one is slow. */
class BackPressureIT {

  private static final int ROWS = 1_000_000;
  private static final long MEGABYTE = 1 << 20;

  /** Above the data of a handful of sockets and below a tenth of the result. */
  private static final long LITTLE = 24 * MEGABYTE;

  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @Test
  void keepsNoResultForAClientThatDoesNotRead() throws IOException {
    try (RawClient client = demo.client()) {
      client.query("SELECT 1");
      long before = used();

      client.send(
          client.messages.query(
              "SELECT g, repeat('x', 300) FROM generate_series(1, " + ROWS + ") g"));
      awaitWait("ClientWrite");

      assertThat(used() - before).isLessThan(LITTLE);
      assertThat(client.read().type()).isEqualTo('T');
      for (int i = 1; i <= ROWS; i++) {
        Message row = client.read();
        if (row.type() != 'D' || i % 100_000 == 0) {
          assertThat(row.type()).isEqualTo('D');
          assertThat(row.columns().getFirst()).isEqualTo(Integer.toString(i));
          assertThat(used() - before).isLessThan(LITTLE);
        }
      }
      assertThat(client.read().type()).isEqualTo('C');
      assertThat(client.read().type()).isEqualTo('Z');
    }
    demo.awaitNobody();
  }

  @Test
  void endsAResultThatItsClientLeavesUnread() throws IOException {
    RawClient client = demo.client();
    client.send(
        client.messages.query("SELECT g, repeat('x', 300) FROM generate_series(1, 1000000) g"));
    awaitWait("ClientWrite");

    client.reset();

    demo.awaitNobody();
  }

  @Test
  void keepsNoDataForADatabaseThatDoesNotRead() throws Exception {
    try (RawClient client = demo.client();
        var owner = demo.owner();
        var statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("LOCK TABLE person_copy");
      long before = used();
      client.send(client.messages.query("COPY person_copy(id, phone) FROM STDIN"));
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < 2000; i++) {
                        client.send(lines(client));
                      }
                    } catch (IOException e) {
                      // the client was closed
                    }
                  });
      awaitWait("relation");
      Awaitility.await()
          .until(() -> writer.getState() == Thread.State.WAITING || !writer.isAlive());

      assertThat(used() - before).isLessThan(LITTLE);
      owner.rollback();
    }
    demo.awaitNobody();
  }

  private static ByteBuf lines(RawClient client) {
    return client.messages.message(
        'd',
        body -> {
          for (int i = 0; i < 1000; i++) {
            body.writeBytes(new byte[] {'1', '\t'}).writeBytes(new byte[58]).writeByte('\n');
          }
        });
  }

  private static void awaitWait(String event) {
    Awaitility.await()
        .atMost(RawClient.PATIENCE)
        .until(
            () ->
                demo.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"
                            + " AND state = 'active' AND wait_event = '"
                            + event
                            + "'")
                    == 1);
  }

  /** Bytes that are held on the heap after a collection, and beside it. */
  private static long used() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long beside =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return heap + beside + io.netty.util.internal.PlatformDependent.usedDirectMemory();
  }
}
