// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.grant.DatabaseUsage;
import org.citywall.masking.grant.GrantBook;
import org.citywall.masking.grant.Grants;
import org.citywall.masking.grant.Usage;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.sql.facts.StatementText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grants over the real wire, and what is used of them by two proxies. */
class GrantIT {

  private static final String ONE = "SELECT phone FROM big WHERE id = 7";
  private static final String PLAIN = "13800000007";
  private static final String MASKED = "138****0007";

  private static final Catalogue CATALOGUE =
      Catalogue.parse(
          "catalogue.yaml",
          """
          scheme: zhejiang-4
          defaults:
            personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
          tables:
            - name: public.big
              columns:
                id: {level: 1}
                name: {level: 1}
                phone: {level: 3, category: personal.phone}
                note: {level: 1}
          """,
          new SecretReferences(Path.of("catalogue.yaml"), Map.of(), Optional.empty()));
  private static final Policy POLICY = new Policy(CATALOGUE, UnknownTable.DENY);

  private static TestProxy proxy;
  private static TestProxy other;
  private static final TestClock CLOCK = new TestClock();
  private static final List<Usage> USAGES = new ArrayList<>();
  private static int names;

  /** A clock that a test sets. */
  private static final class TestClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-24T02:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeAll
  static void start() throws IOException, SQLException {
    proxy = TestProxy.start();
    other = proxy.beside();
    asOwner(DatabaseUsage.script("app"));
  }

  @AfterAll
  static void stop() throws IOException {
    USAGES.forEach(Usage::close);
    other.stop();
    proxy.close();
  }

  /** A person of both proxies with this grant, which ends in an hour. */
  private static String granted(String terms) {
    String name = "person" + ++names;
    // the database's own clock expires counts
    String yaml =
        """
        grants:
          - id: G-%1$s
            person: %1$s
            columns: [public.big.phone]
            valid-from: 2026-01-01T00:00:00Z
            valid-until: 2099-01-01T00:00:00Z
            approver: lin
            reason: a complaint
        %2$s
        """
            .formatted(name, terms.indent(4));
    Grants grants = Grants.parse("grants.yaml", yaml, CATALOGUE);
    for (TestProxy one : List.of(proxy, other)) {
      Usage usage = new DatabaseUsage(() -> proxy.database.connect("app"));
      USAGES.add(usage);
      GrantBook book = new GrantBook(usage, CLOCK);
      one.with(name, () -> rights(name, grants, book));
    }
    return name;
  }

  private static Rights rights(String name, Grants grants, GrantBook book) {
    StatementContext context =
        StatementContext.of(new Person(name, 1, null, null, Set.of("appeal"), null));
    Instant now = CLOCK.instant();
    return POLICY.rights(
        context,
        now,
        new Granting(
            grants.holding(context, now).stream().filter(one -> !book.isUsedUp(one)).toList(),
            grants.version(),
            book::meter));
  }

  private static List<String> read(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    }
  }

  private static String state(Connection connection, String sql) {
    try {
      return String.join(",", read(connection, sql));
    } catch (SQLException e) {
      return String.valueOf(e.getMessage()).replaceAll("(?s).*(MSK-[0-9]{4}).*", "$1");
    }
  }

  @Test
  void showsValuesWhileItHoldsAndNotAfterwards() throws SQLException {
    String name = granted("hours: {from: \"00:00\", to: \"03:00\", zone: Z}\nticket: T-1\n");
    for (String mode : List.of("simple", "extended", "extendedForPrepared")) {
      CLOCK.now = Instant.parse("2026-11-24T02:00:00Z");
      try (Connection ana = proxy.connect(name, "preferQueryMode=" + mode, "prepareThreshold=1");
          PreparedStatement prepared = ana.prepareStatement(ONE);
          Statement statement = ana.createStatement()) {
        ana.setAutoCommit(false);
        assertThat(phone(prepared)).as(mode).isEqualTo(PLAIN);
        assertThat(phone(prepared)).as(mode).isEqualTo(PLAIN);
        statement.execute("DECLARE c CURSOR WITH HOLD FOR SELECT phone FROM big WHERE id < 9");
        assertThat(read(ana, "FETCH 1 FROM c")).as(mode).containsExactly("13800000001");
        statement.execute("PREPARE q AS " + ONE);
        ana.commit();

        CLOCK.now = Instant.parse("2026-11-24T03:00:00Z");

        assertThat(phone(prepared)).as(mode).isEqualTo(MASKED);
        assertThat(state(ana, "FETCH 1 FROM c")).as(mode).isEqualTo("MSK-0023");
        ana.rollback();
        assertThat(state(ana, "EXECUTE q")).as(mode).isEqualTo("MSK-0023");
        ana.rollback();
        CLOCK.now = Instant.parse("2026-11-24T02:00:00Z");
      }
    }
    assertThat(proxy.recorder.decisions)
        .filteredOn(decision -> decision.sql().equals(ONE))
        .filteredOn(decision -> decision.access().account().name().equals(name))
        .anySatisfy(
            decision ->
                assertThat(decision.uses())
                    .anyMatch(use -> use.treatment() instanceof Treatment.Granted));
  }

  private static String phone(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void holdsForItsStatementAlone() throws SQLException {
    String name = granted("statement: " + StatementText.digest(ONE) + "\n");
    for (String mode : List.of("simple", "extended")) {
      try (Connection ana = proxy.connect(name, "preferQueryMode=" + mode)) {
        assertThat(read(ana, ONE)).containsExactly(PLAIN);
        assertThat(read(ana, ONE + " ")).containsExactly(PLAIN);
        assertThat(read(ana, ONE + " AND true")).containsExactly(MASKED);
        assertThat(state(ana, "CREATE TEMP TABLE t AS " + ONE + "; TABLE t")).doesNotContain(PLAIN);
      }
    }
  }

  @Test
  void isUsedOnceAndByNoStatementThatFailsToParse() throws SQLException {
    for (String mode : List.of("simple", "extended")) {
      String name = granted("single-use: true\n");
      try (Connection ana = proxy.connect(name, "preferQueryMode=" + mode)) {
        assertThatThrownBy(() -> read(ana, "SELECT phone, nothing FROM big"))
            .as(mode)
            .hasMessageContaining("nothing");
        assertThat(state(ana, "SELECT phone FROM big WHERE")).as(mode).isEqualTo("MSK-0021");
        assertThatThrownBy(() -> read(ana, "SELECT phone FROM big WHERE id = phone"))
            .as(mode)
            .isInstanceOf(SQLException.class);

        assertThat(read(ana, ONE)).as(mode).containsExactly(PLAIN);
        assertThat(read(ana, ONE)).as(mode).containsExactly(MASKED);
        assertThat(read(ana, ONE)).as(mode).containsExactly(MASKED);
      }
    }
  }

  @Test
  void isUsedOnceInAPipeline() throws IOException {
    String name = granted("single-use: true\n");
    try (RawClient client = RawClient.loggedIn(proxy.port(), name, TestProxy.PASSWORD)) {
      Messages messages = client.messages;
      client.send(messages.parse("s", ONE), messages.bind("a", "s"), messages.bind("b", "s"));
      client.send(messages.execute("a"), messages.execute("b"), client.sync());
      List<Message> answer = client.untilReady();

      assertThat(Message.types(answer)).isEqualTo("122DCEZ");
      assertThat(Message.text(answer)).contains(PLAIN).contains("MSK-0037");
      client.send(messages.bind("", "s"), messages.execute(""), client.sync());
      assertThat(Message.text(client.untilReady())).contains(MASKED).doesNotContain(PLAIN);
    }
  }

  @Test
  void isUsedByOneOfTwoProxies() throws Exception {
    for (int i = 0; i < 5; i++) {
      String name = granted("single-use: true\n");
      try (Connection here = proxy.connect(name, "preferQueryMode=simple");
          Connection there = other.connect(name)) {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> state(here, ONE));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> state(there, ONE));

        assertThat(List.of(first.get(), second.get())).containsExactlyInAnyOrder(PLAIN, "MSK-0037");
        assertThat(state(here, ONE)).isEqualTo(MASKED);
        assertThat(state(there, ONE)).isEqualTo(MASKED);
      }
    }
  }

  @Test
  void endsTheResultAtItsCapAndGoesOn() throws Exception {
    for (String mode : List.of("simple", "extended")) {
      String name = granted("rows: 1234\n");
      try (Connection ana = proxy.connect(name, "preferQueryMode=" + mode)) {
        assertThat(read(ana, ONE)).containsExactly(PLAIN);
        assertThatThrownBy(() -> read(ana, "SELECT phone FROM big ORDER BY id"))
            .as(mode)
            .hasMessageContaining("MSK-0076");

        assertThat(read(ana, "SELECT 1")).containsExactly("1");
        assertThat(read(ana, ONE)).as(mode).containsExactly(MASKED);
        Completion cut =
            proxy.recorder.completions.stream()
                .filter(one -> one.decision().access().account().name().equals(name))
                .filter(one -> one.decision().sql().contains("ORDER BY"))
                .findFirst()
                .orElseThrow();
        assertThat(cut.rows()).isEqualTo(1233);
        assertThat(cut.state()).isEqualTo("42501");
      }
    }
  }

  @Test
  void showsExactlyAsManyRowsAsItsCapInAnyWay() throws IOException {
    String all = "SELECT phone, repeat(note, 40) FROM big ORDER BY id";
    for (String sql : List.of(all, "COPY (" + all + ") TO STDOUT")) {
      String name = granted("rows: 700\n");
      try (RawClient client = RawClient.loggedIn(proxy.port(), name, TestProxy.PASSWORD)) {
        List<Message> answer = client.query(sql);

        char row = sql.startsWith("COPY") ? 'd' : 'D';
        assertThat(Message.ofType(row, answer)).as(sql).hasSize(700);
        assertThat(Message.text(answer)).contains("13800000700").doesNotContain("13800000701");
        assertThat(Message.types(answer)).endsWith("EZ").doesNotContain("C").doesNotContain("c");
        assertThat(Message.ofType('Z', answer).getFirst().body()).containsExactly('I');
        assertThat(Message.text(client.query("SELECT 1"))).contains("SELECT 1");
      }
    }
  }

  @Test
  void failsTheTransactionAndThePipelineAtItsCap() throws IOException {
    String name = granted("rows: 3\n");
    try (RawClient client = RawClient.loggedIn(proxy.port(), name, TestProxy.PASSWORD)) {
      Messages messages = client.messages;
      client.query("BEGIN");
      client.send(messages.parse("", "SELECT phone FROM big"), messages.bind("", ""));
      client.send(messages.execute(""));
      client.send(messages.parse("", "UPDATE big SET note = 'late' WHERE id = 1"));
      client.send(messages.bind("", ""), messages.execute(""), client.sync());
      List<Message> answer = client.untilReady();

      assertThat(Message.types(answer)).isEqualTo("12DDDEZ");
      assertThat(Message.ofType('Z', answer).getFirst().body()).containsExactly('E');
      client.query("ROLLBACK");
      assertThat(Message.text(client.query("SELECT note FROM big WHERE id = 1")))
          .doesNotContain("late");
    }
  }

  @Test
  void countsNoMoreRowsThanWereShown() throws SQLException {
    String name = granted("rows: 30\n");
    try (Connection here = proxy.connect(name);
        Connection there = other.connect(name, "preferQueryMode=simple")) {
      here.setAutoCommit(false);
      for (int i = 0; i < 10; i++) {
        assertThat(read(here, ONE)).containsExactly(PLAIN);
        assertThat(read(there, ONE)).containsExactly(PLAIN);
      }
      try (Statement pieces = here.createStatement()) {
        pieces.setFetchSize(2);
        List<String> shown = new ArrayList<>();
        try (ResultSet rows = pieces.executeQuery("SELECT phone FROM big WHERE id <= 9")) {
          while (rows.next()) {
            shown.add(rows.getString(1));
          }
        }
        assertThat(shown).hasSize(9).doesNotContain(MASKED);
      }
      assertThat(read(here, ONE)).containsExactly(PLAIN);
      assertThat(state(there, ONE)).isEqualTo("MSK-0037");
    }
  }

  @Test // #4
  void goesOnWithWhatTheCatalogueLacksAndTheSessionMayRead() throws SQLException {
    asOwner(
        """
        CREATE VIEW v_big AS SELECT id, name FROM big;
        CREATE TABLE big_part() INHERITS (big);
        INSERT INTO big_part VALUES (0, 'part', '13800000000', 'x');
        GRANT SELECT ON v_big, big_part TO app;
        """);
    proxy.with("cy", () -> rights("cy", Grants.NONE, new GrantBook(USAGES.getFirst(), CLOCK)));
    try (Connection cy = proxy.connect("cy");
        Statement statement = cy.createStatement()) {
      statement.execute("CREATE TEMP TABLE mine AS SELECT id, phone FROM big WHERE id = 7");

      assertThat(read(cy, "SELECT phone FROM mine")).containsExactly(MASKED);
      assertThat(read(cy, "SELECT name FROM v_big WHERE id = 7")).containsExactly("n7");
      assertThat(read(cy, "SELECT name FROM big_part")).containsExactly("part");
      assertThat(read(cy, "SELECT phone FROM big_part")).containsExactly("138****0000");
    } finally {
      asOwner("DROP VIEW v_big; DROP TABLE big_part");
    }
  }

  private static void asOwner(String sql) throws SQLException {
    try (Connection owner = proxy.database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void keepsClientsOffItsCounts() throws SQLException {
    String name = granted("single-use: true\n");
    try (Connection ana = proxy.connect(name)) {
      for (String sql :
          List.of(
              "SELECT * FROM citywall.usage",
              "SELECT citywall.give_back_usage('grant/G-" + name + "/use', 1)",
              "SET search_path = citywall, public; SELECT give_back_usage('x', 1)",
              "DELETE FROM citywall.usage",
              "COPY citywall.usage TO STDOUT")) {
        assertThat(state(ana, sql)).as(sql).startsWith("MSK-");
      }
    }
  }

  @Test
  void runsNothingWhereNothingCanBeCounted() throws SQLException {
    String name = "uncounted";
    Usage broken =
        new DatabaseUsage(
            () -> {
              throw new SQLException("no connection");
            });
    USAGES.add(broken);
    GrantBook book = new GrantBook(broken, CLOCK);
    Grants grants =
        Grants.parse(
            "grants.yaml",
            """
            grants:
              - {id: G-1, person: uncounted, columns: [public.big.phone], rows: 5, approver: lin,
                 reason: x, valid-from: 2026-01-01T00:00:00Z, valid-until: 2099-01-01T00:00:00Z}
            """,
            CATALOGUE);
    proxy.with(name, () -> rights(name, grants, book));
    try (Connection ana = proxy.connect(name)) {
      assertThat(state(ana, ONE)).isEqualTo("MSK-0034");
      assertThat(read(ana, "SELECT id FROM big WHERE id = 7")).containsExactly("7");
    }
  }
}
