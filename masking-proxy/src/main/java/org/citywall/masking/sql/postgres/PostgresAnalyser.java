// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.sql.facts.AnalysisThreads;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementLimits;
import org.citywall.masking.sql.facts.StatementRefused;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Facts by PostgreSQL's own grammar. */
public final class PostgresAnalyser implements StatementAnalyser {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** The tree comes from the library, whose input is bounded. */
  private static final ObjectReader TREES =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(Integer.MAX_VALUE)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build()
          .readerFor(JsonNode.class);

  private final PgQuery library;
  private final AnalysisThreads threads;

  private PostgresAnalyser(PgQuery library) {
    this.library = library;
    this.threads = new AnalysisThreads(Runtime.getRuntime().availableProcessors(), DEADLINE);
  }

  /** The analyser, where the library is installed. */
  public static Optional<StatementAnalyser> installed() {
    return PgQuery.installed().map(PostgresAnalyser::new);
  }

  @Override
  public StatementLimits limits() {
    return StatementLimits.USUAL;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StatementRefused also {@code ANALYSER_FAILED} where the library gives no answer in time
   */
  @Override
  public List<StatementFacts> analyse(String sql) {
    return threads.call(() -> facts(sql));
  }

  private List<StatementFacts> facts(String sql) {
    JsonNode tree = TREES.readValue(library.parse(sql));
    Positions positions = Positions.of(sql);
    List<StatementFacts> facts = new ArrayList<>();
    for (JsonNode statement : tree.path("stmts")) {
      JsonNode node = statement.path("stmt");
      facts.add(new StatementReader(positions).read(node));
    }
    return facts;
  }
}
