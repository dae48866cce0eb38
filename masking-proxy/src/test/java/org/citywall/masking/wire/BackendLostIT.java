// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database takes a connection away, or goes away altogether and comes back. */
class BackendLostIT {

  private static final String ROWS = "SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g";

  private ProxiedDemo demo;

  @BeforeEach
  void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterEach
  void stop() throws IOException {
    demo.close();
  }

  private void terminate(String which) throws SQLException {
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app' AND "
              + which);
    }
  }

  private void serves() throws IOException {
    try (RawClient next = demo.client()) {
      List<Message> answer = next.query("SELECT phone FROM person");
      assertThat(Message.types(answer)).isEqualTo("TDDDCZ");
      assertThat(demo.leak(answer)).isEmpty();
    }
  }

  @Test
  void tellsAnIdleClientThatItsConnectionIsGone() throws IOException, SQLException {
    RawClient client = demo.client();

    terminate("state = 'idle'");

    List<Message> rest = client.untilEnd();
    assertThat(Message.ofType('E', rest)).isNotEmpty();
    assertThat(rest.getFirst().field('C')).isEqualTo("57P01");
    demo.awaitNobody();
    serves();
  }

  @Test
  void endsAResultInTheMiddle() throws IOException, SQLException {
    RawClient client = demo.client();
    client.send(client.messages.query(ROWS.replace("100000", "1000000")));
    assertThat(client.read().type()).isEqualTo('T');
    assertThat(client.read().type()).isEqualTo('D');
    awaitClientWrite();

    terminate("state = 'active'");

    List<Message> rest = client.untilEnd();
    assertThat(Message.ofType('C', rest)).isEmpty();
    assertThat(rest).hasSizeLessThan(1_000_000);
    demo.awaitNobody();
    serves();
  }

  @Test
  void endsATransactionAndAPipelineInTheMiddle() throws IOException, SQLException {
    RawClient client = demo.client();
    client.query("BEGIN");
    client.query("DELETE FROM orders");
    client.send(client.extended("SELECT count(*) FROM big a, big b, big c"));
    for (int i = 0; i < 50; i++) {
      client.send(client.extended("SELECT " + i));
    }
    client.send(client.sync());
    Awaitility.await().until(() -> demo.count(active("TRUE")) > 0);

    terminate("state = 'active'");

    assertThat(Message.ofType('Z', client.untilEnd())).isEmpty();
    demo.awaitNobody();
    try (RawClient next = demo.client()) {
      assertThat(Message.types(next.query("SELECT id FROM orders"))).isEqualTo("TDDCZ");
    }
    assertThat(demo.record().completions)
        .extracting(one -> one.decision().id())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            demo.record().decisions.stream().map(Decision::id).toList());
  }

  @Test
  void comesBackWithTheDatabase() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(demo.client());
    }
    clients.getFirst().send(clients.getFirst().messages.query(ROWS));
    PostgresControl control = PostgresControl.of(demo);

    control.run("stop", "-m", "immediate");
    for (RawClient client : clients) {
      assertThat(Message.ofType('E', client.untilEnd())).isNotEmpty();
      client.close();
    }
    try (RawClient late = new RawClient(demo.port())) {
      late.startup(ProxiedDemo.USER, "demo").prove(ProxiedDemo.USER, TestProxy.PASSWORD);
      List<Message> answer = late.untilEnd();
      assertThat(Message.types(answer)).isEqualTo("E");
      assertThat(answer.getFirst().field('C')).isEqualTo("08006");
      assertThat(answer.getFirst().field('M')).startsWith("MSK-0065");
    }
    Awaitility.await().until(() -> demo.proxy().connections() == 0);

    control.run("start", "-o", control.options(), "-l", "/dev/null");
    demo.awaitNobody();
    serves();
  }

  private void awaitClientWrite() {
    Awaitility.await()
        .atMost(RawClient.PATIENCE)
        .until(() -> demo.count(active("wait_event = 'ClientWrite'")) == 1);
  }

  private static String active(String more) {
    return "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND state = 'active' AND "
        + more;
  }

  /** Stops and starts the database from outside, as its operator does. */
  private record PostgresControl(Path program, Path data) {

    static PostgresControl of(ProxiedDemo demo) throws IOException, SQLException {
      try (Connection owner = demo.owner();
          Statement statement = owner.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT current_setting('data_directory'), pg_backend_pid()")) {
        row.next();
        Path postgres = Files.readSymbolicLink(Path.of("/proc/" + row.getInt(2) + "/exe"));
        return new PostgresControl(postgres.resolveSibling("pg_ctl"), Path.of(row.getString(1)));
      }
    }

    /** What it was started with the last time. */
    String options() throws IOException {
      String all = Files.readString(data.resolve("postmaster.opts"));
      return all.substring(all.indexOf(' ')).strip();
    }

    void run(String... arguments) throws IOException, InterruptedException {
      List<String> command = new ArrayList<>();
      if ("root".equals(System.getProperty("user.name"))) {
        // as the embedded one is started: PostgreSQL does not run as root
        command.addAll(List.of("unshare", "-U"));
      }
      command.addAll(List.of(program.toString(), "-w", "-D", data.toString()));
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }
}
