// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lists beside the catalogue of a real PostgreSQL. */
class AllowListTest {

  /** Settings of older servers, and those that are no setting but a statement of their own. */
  private static final Set<String> NO_SETTINGS =
      Set.of("force_parallel_mode", "session_characteristics", "transaction");

  private static EmbeddedPostgres server;
  private static Connection database;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    database = server.getPostgresDatabase().getConnection();
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    database.close();
    server.close();
  }

  @Test
  void nameFunctionsThatExist() throws SQLException {
    Set<String> known =
        column(
            "SELECT CASE nspname WHEN 'pg_catalog' THEN '' ELSE nspname || '.' END || proname FROM"
                + " pg_proc JOIN pg_namespace n ON n.oid = pronamespace");
    // a type's name before brackets converts
    known.addAll(column("SELECT typname FROM pg_type"));

    assertThat(known).containsAll(AllowList.FUNCTIONS.names());
  }

  @Test
  void nameNoFunctionThatTakesAStatementOrAFile() throws SQLException {
    Set<String> named =
        column(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND"
                + " (proargnames && ARRAY['query', 'filename', 'cursor', 'tbl', 'sql'] OR proname ~"
                + " '^(lo_|pg_ls_|pg_read_|pg_logical_|query_to|table_to|schema_to|database_to)')");

    assertThat(named).contains("pg_read_file", "query_to_xml", "lo_get");
    assertThat(AllowList.FUNCTIONS.names()).doesNotContainAnyElementsOf(named);
  }

  @Test
  void nameNoVolatileFunctionButTheseThatWereRead() throws SQLException {
    Set<String> changing =
        column(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND"
                + " provolatile = 'v'");
    changing.retainAll(AllowList.FUNCTIONS.names());

    changing.removeIf(
        name ->
            name.matches(
                "pg_(try_)?advisory_.*|pg_sleep.*|pg_stat_.*|pg_.*_size|pg_partition_.*|random.*|uuidv[47]"));
    assertThat(changing)
        .containsExactlyInAnyOrder(
            "array_sample",
            "array_shuffle",
            "clock_timestamp",
            "currval",
            "gen_random_uuid",
            "lastval",
            "nextval",
            "amvalidate",
            "brin_desummarize_range",
            "brin_summarize_new_values",
            "brin_summarize_range",
            "gin_clean_pending_list",
            "pg_notification_queue_usage",
            "pg_blocking_pids",
            "pg_collation_actual_version",
            "pg_is_in_recovery",
            "pg_is_wal_replay_paused",
            "pg_jit_available",
            "pg_last_wal_receive_lsn",
            "pg_last_wal_replay_lsn",
            "pg_last_xact_replay_timestamp",
            "pg_sequence_last_value",
            "pg_xact_status",
            "setseed",
            "setval",
            "timeofday",
            "txid_status");
  }

  @Test
  void nameRelationsAndSettingsThatExist() throws SQLException {
    assertThat(
            column(
                "SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace n ON n.oid ="
                    + " relnamespace"))
        .containsAll(AllowList.RELATIONS.names());
    Set<String> settings = column("SELECT lower(name) FROM pg_settings");
    settings.addAll(NO_SETTINGS);
    assertThat(settings).containsAll(AllowList.SETTINGS.names());
  }

  private static Set<String> column(String sql) throws SQLException {
    Set<String> values = new HashSet<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
