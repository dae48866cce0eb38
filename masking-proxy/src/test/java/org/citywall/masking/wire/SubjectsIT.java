// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.citywall.audit.subject.Subjects;
import org.citywall.masking.sql.TestRights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom rows are about, as the record learns it from a real database behind the proxy. */
class SubjectsIT {

  private static final String ANNA = "110101198706142233";
  private static final String BERT = "310105197502281122";
  private static final String CARL = "440300199912318877";

  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @BeforeEach
  void showEverything() {
    demo.see(TestRights.withoutMasks(), "plain");
    demo.record().completions.clear();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id_card FROM person WHERE id < 3 ORDER BY id",
        "SELECT p.name, p.id_card AS nummer FROM public.person p WHERE p.id < 3 ORDER BY id",
        "SELECT * FROM (SELECT id_card, id FROM person) s WHERE id < 3 ORDER BY id",
        "WITH w AS (SELECT * FROM person) SELECT id_card FROM w WHERE id < 3 ORDER BY id",
        "SELECT id_card, amount FROM person JOIN orders ON person.id = person_id ORDER BY 1"
      })
  void knowsWhomRowsAreAboutThatSayItAsTheyAre(String sql) throws IOException, SQLException {
    Subjects simple = simple(sql);
    Subjects prepared = prepared(sql);

    assertThat(simple).isNotNull().isEqualTo(prepared);
    assertThat(simple.listed()).containsExactlyInAnyOrder(hash(ANNA), hash(BERT));
    assertThat(simple.rows()).isEqualTo(2);
    assertThat(simple.key()).isEqualTo(TestProxy.SUBJECT_KEY.name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT name, phone FROM person",
        "SELECT count(id_card) FROM person",
        "SELECT id_card || '' FROM person",
        "SELECT upper(id_card) FROM person",
        "SELECT amount FROM orders"
      })
  void claimsNothingWhereNoRowSaysIt(String sql) throws IOException, SQLException {
    assertThat(simple(sql)).isNull();
    assertThat(prepared(sql)).isNull();
  }

  @Test
  void claimsNothingOfWhatIsMasked() throws IOException, SQLException {
    demo.see(TestRights.ofMore(), "masked");

    assertThat(simple("SELECT id, id_card FROM person")).isNull();
  }

  @Test
  void changesNoAnswer() throws SQLException, IOException {
    for (String sql :
        List.of("SELECT * FROM person ORDER BY id", "SELECT id_card, id FROM person ORDER BY id")) {
      try (Connection ana = demo.proxy().connect(ProxiedDemo.USER);
          Connection owner = demo.owner()) {
        assertThat(rows(ana, sql)).isEqualTo(rows(owner, sql)).hasSize(3);
      }
    }
  }

  @Test
  void knowsWhoWasLookedUpThoughNothingIsShown() throws IOException, SQLException {
    demo.see(TestRights.ofLookUps().lookUp("public.person", "id_card", null), "look-up");

    Subjects found = simple("SELECT id, id_card FROM person WHERE id_card = '" + CARL + "'");
    Subjects missed = simple("SELECT id FROM person WHERE id_card = '110101198706142234'");

    assertThat(found).isNotNull();
    assertThat(found.listed()).containsExactly(hash(CARL));
    assertThat(missed).as("an attempt is one too").isNotNull();
    assertThat(missed.listed()).hasSize(1).doesNotContain(hash(CARL));
  }

  @Test
  void tellsStatementsOfOneTextApart() throws IOException {
    try (RawClient client = demo.client()) {
      client.query(
          "SELECT id_card FROM person WHERE id = 1; SELECT name, id_card FROM person WHERE id = 2");
    }

    Subjects both = completed();
    assertThat(both).isNotNull();
    assertThat(both.listed()).containsExactlyInAnyOrder(hash(ANNA), hash(BERT));
    assertThat(both.rows()).isEqualTo(2);
  }

  @Test
  void boundsWhatItListsOfManyPersons() throws SQLException, IOException {
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "INSERT INTO person SELECT 1000 + n, 'n', 'number ' || n FROM generate_series(1, 3000) n");
      Subjects many = simple("SELECT id_card FROM person WHERE id > 1000");
      statement.execute("DELETE FROM person WHERE id > 1000");

      assertThat(many).isNotNull();
      assertThat(many.rows()).isEqualTo(3000);
      assertThat(many.listed()).hasSize(256);
      assertThat(many.count()).isBetween(2650L, 3350L);
    }
  }

  private static long hash(String identifier) {
    return TestProxy.SUBJECT_KEY.hash(identifier);
  }

  private @Nullable Subjects simple(String sql) throws IOException {
    demo.record().completions.clear();
    try (RawClient client = demo.client()) {
      assertThat(Message.ofType('E', client.query(sql))).as(sql).isEmpty();
    }
    return completed();
  }

  private @Nullable Subjects prepared(String sql) throws SQLException {
    demo.record().completions.clear();
    try (Connection ana =
            demo.proxy().connect(ProxiedDemo.USER, "prepareThreshold=1", "binaryTransfer=true");
        PreparedStatement statement = ana.prepareStatement(sql)) {
      statement.executeQuery().close();
    }
    return completed();
  }

  private @Nullable Subjects completed() {
    Awaitility.await()
        .until(
            () -> demo.record().completions.stream().anyMatch(one -> one.decision().sensitive()));
    return demo.record().completions.stream()
        .filter(one -> one.decision().sensitive())
        .findFirst()
        .orElseThrow()
        .subjects();
  }

  private static List<List<@Nullable Object>> rows(Connection connection, String sql)
      throws SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        @Nullable Object[] row = new @Nullable Object[result.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
          row[i] = result.getObject(i + 1);
        }
        rows.add(Arrays.asList(row));
      }
    }
    return rows;
  }
}
