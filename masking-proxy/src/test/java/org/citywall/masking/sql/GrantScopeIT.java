// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.grant.Grant;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a grant to read reaches. */
class GrantScopeIT {

  private static DemoDatabase database;
  private static Connection app;
  private static DatabaseSchema schema;

  private final SqlGate gate = new SqlGate(PostgresLibrary.analyser());

  @BeforeAll
  static void start() throws IOException, SQLException {
    database = DemoDatabase.start();
    app = database.connect("app");
    schema = new DatabaseSchema(app);
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    app.close();
    database.close();
  }

  private static Grant grant(@Nullable Long rows, boolean singleUse) {
    return new Grant(
        "G-1",
        "ana",
        List.of(new Grant.GrantedColumns(new TableName("public", "person"), "phone")),
        Set.of(),
        Grant.Kind.READ,
        Set.of(),
        Instant.EPOCH,
        Instant.MAX,
        rows,
        singleUse,
        null,
        "lin",
        "a complaint",
        null,
        null,
        null);
  }

  private String outcome(Grant grant, String sql) {
    TestRights rights =
        TestRights.ofMore().treat("public.person", "phone", new Treatment.Granted(List.of(grant)));
    return switch (gate.judge(sql, schema, rights)) {
      case Verdict.Allowed allowed ->
          allowed.uses().stream().anyMatch(use -> use.treatment() instanceof Treatment.Granted)
              ? "shown"
              : "not read";
      case Verdict.Refused refused -> refused.code().id();
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT phone FROM person                                       | shown    | shown    | shown",
        "SELECT p.phone, lower(phone) FROM person p WHERE phone > '1'   | shown    | shown    | shown",
        "COPY person (phone) TO STDOUT                                  | shown    | shown    | shown",
        "SELECT DISTINCT phone FROM person ORDER BY 1 LIMIT 3           | shown    | shown    | shown",
        "SELECT string_agg(phone, ',') FROM person                      | shown    | shown    | MSK-0038",
        "SELECT count(*) FROM person WHERE phone = '1'                  | shown    | shown    | MSK-0038",
        "SELECT lag(phone) OVER () FROM person                          | shown    | shown    | MSK-0038",
        "SELECT ARRAY(SELECT phone FROM person)                         | shown    | shown    | MSK-0038",
        "SELECT id, ARRAY(SELECT phone FROM person) FROM orders         | shown    | shown    | MSK-0038",
        "SELECT a.phone, b.phone FROM person a, person b                | shown    | shown    | MSK-0038",
        "SELECT phone FROM person UNION SELECT phone FROM person        | shown    | shown    | MSK-0038",
        "SELECT tel FROM v_person                                       | shown    | shown    | MSK-0038",
        "EXPLAIN ANALYZE SELECT phone FROM person                       | shown    | shown    | shown",
        "SELECT id FROM person                                          | not read | not read | not read",
        "DECLARE c CURSOR FOR SELECT phone FROM person                  | shown    | MSK-0038 | MSK-0038",
        "PREPARE q AS SELECT phone FROM person                          | shown    | MSK-0038 | MSK-0038",
        "SELECT 1; SELECT phone FROM person                             | shown    | MSK-0038 | MSK-0038",
        "INSERT INTO person_copy(phone) SELECT phone FROM person        | MSK-0038 | MSK-0038 | MSK-0038",
        "CREATE TEMP TABLE t AS SELECT phone FROM person                | MSK-0038 | MSK-0038 | MSK-0038",
        "UPDATE person SET phone = '1' WHERE id = 1                     | MSK-0028 | MSK-0028 | MSK-0028",
        "UPDATE person SET dept = phone                                 | MSK-0028 | MSK-0028 | MSK-0028",
        "DELETE FROM person RETURNING phone                             | MSK-0028 | MSK-0028 | MSK-0028",
        "UPDATE orders SET amount = 1 FROM person WHERE phone = '1'     | MSK-0038 | MSK-0038 | MSK-0038",
      })
  void readsAndNoMore(String sql, String unlimited, String once, String counted) {
    assertThat(outcome(grant(null, false), sql)).as("unlimited").isEqualTo(unlimited);
    assertThat(outcome(grant(null, true), sql)).as("single use").isEqualTo(once);
    assertThat(outcome(grant(9L, false), sql)).as("rows counted").isEqualTo(counted);
  }

  @Test
  void knowsEachFunctionThatPutsSeveralRowsIntoOne() throws SQLException {
    List<String> collecting = new ArrayList<>();
    try (Statement statement = app.createStatement();
        ResultSet names =
            statement.executeQuery(
                "SELECT DISTINCT proname FROM pg_catalog.pg_proc WHERE prokind IN ('a', 'w')"
                    + " AND pronamespace = 'pg_catalog'::regnamespace ORDER BY 1")) {
      while (names.next()) {
        collecting.add(names.getString(1));
      }
    }

    assertThat(AllowList.COLLECTING.names()).containsAll(collecting);
    assertThat(AllowList.COLLECTING.names()).contains("json_arrayagg", "json_objectagg");
  }
}
