// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The statements of PostgreSQL's own regression suite: how many of those that PostgreSQL accepts
 * the gate refuses, and whether it misses a relation. {@code -Dpostgres.regress=DIR} names the
 * folder {@code src/test/regress} of PostgreSQL 15; {@code -Dpostgres.regress.files=a,b} chooses
 * scripts.
 */
@EnabledIfSystemProperty(named = "postgres.regress", matches = ".+")
class RegressionSuiteTest {

  @Test
  void ordinaryStatementsPassAndNoRelationIsMissed() throws IOException, SQLException {
    Path folder = Path.of(System.getProperty("postgres.regress"));
    RegressionTally tally = new RegressionTally();
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("max_prepared_transactions", "2")
            .setServerConfig("lc_messages", "C")
            .start()) {
      RegressionRun run = new RegressionRun(server.getPort(), folder, tally);
      run.createDatabase();
      for (String file : files(folder)) {
        run.script(Files.readString(folder.resolve("sql").resolve(file + ".sql"), UTF_8));
      }
    }
    Path out = Path.of("target", "regression-suite.txt");
    Files.writeString(out, tally.report(), UTF_8);

    assertThat(tally.missed()).as("relations that the gate did not see").isEmpty();
    assertThat(tally.broken())
        .as("statements that only their rewriting made fail, but rows compared to composite texts")
        .allMatch(complaint -> complaint.contains("anonymous composite types"));
    Map<String, Double> refused = new TreeMap<>(tally.refusedPercent());
    assertThat(refused.get("libpg_query, nothing classified")).isLessThanOrEqualTo(1.7);
    assertThat(refused.get("libpg_query, some tables classified")).isLessThanOrEqualTo(2.0);
    assertThat(refused.get("ShardingSphere, nothing classified")).isLessThanOrEqualTo(4.1);
    assertThat(refused.get("ShardingSphere, some tables classified")).isLessThanOrEqualTo(4.4);
  }

  private static List<String> files(Path folder) throws IOException {
    String chosen = System.getProperty("postgres.regress.files", "");
    if (!chosen.isEmpty()) {
      return Stream.concat(Stream.of("test_setup"), Stream.of(chosen.split(",", -1))).toList();
    }
    return Files.readAllLines(folder.resolve("parallel_schedule"), UTF_8).stream()
        .filter(line -> line.startsWith("test: "))
        .flatMap(line -> Stream.of(line.substring(6).strip().split("\\s+", -1)))
        .filter(file -> Files.exists(folder.resolve("sql").resolve(file + ".sql")))
        .toList();
  }
}
