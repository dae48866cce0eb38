// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.sql.CorpusCase;
import org.citywall.masking.sql.DemoDatabase;
import org.citywall.masking.sql.Sentinels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpora of statements that try to see above a clearance, sent by a client through the proxy,
 * each case in a transaction of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CorpusContract {

  /** Let through, and then the database makes nothing of a masked value or of the name. */
  private static final Set<String> FAILING =
      Set.of(
          "E05", "E21", "F07", "F08", "OA09", "OB08", "OQ22", "OQ23", "HJ01", "HS05", "HS06",
          "HS07", "HS08");

  /** Reads a table that its own transaction has made, of which the proxy does not know yet. */
  private static final String MADE_BY_ITSELF = "D06";

  /**
   * What came of a case.
   *
   * @param output all texts that came back: cells, notices, errors
   * @param rows rows of the last step
   * @param error the first error's message; null for none
   */
  record Outcome(List<String> output, int rows, @Nullable String error) {

    boolean refused() {
      return error != null && error.contains("MSK-");
    }
  }

  private ProxiedDemo demo;

  @BeforeAll
  void start() throws Exception {
    demo = open();
    begin(demo);
  }

  @AfterAll
  void stop() throws Exception {
    end();
    demo.close();
  }

  /** The proxy that is attacked. */
  ProxiedDemo open() throws Exception {
    return ProxiedDemo.start();
  }

  static List<CorpusCase> cases() throws IOException {
    List<CorpusCase> cases =
        new ArrayList<>(CorpusCase.read(DemoDatabase.resource("bypass-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("more-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("hostile-corpus.sql")));
    cases.addAll(CorpusCase.read(DemoDatabase.resource("session-corpus.sql")));
    return cases;
  }

  /** Connects. */
  abstract void begin(ProxiedDemo to) throws Exception;

  abstract Outcome run(CorpusCase one) throws Exception;

  abstract void end() throws Exception;

  /** What the client itself cannot send, beside what the database makes nothing of. */
  Set<String> failing() {
    return Set.of();
  }

  /**
   * What a view has not: positions of rows, and rows of the table's own type, to which they are
   * cast or compared.
   */
  static Set<String> notOfViews() {
    return Set.of("OF23", "OK65", "OK66", "OK67", "OK68", "OK69", "HA38", "HB15", "HG29", "HJ11");
  }

  /** What is refused as one text, and harmless where the client sends its statements one by one. */
  Set<String> splits() {
    return Set.of();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void showsNothingAboveTheClearance(CorpusCase one) throws Exception {
    Outcome outcome = run(one);

    assertThat(Sentinels.in(outcome.output(), one.steps())).as("%s", outcome.output()).isEmpty();
    if (one.check().equals("infer")) {
      assertThat(outcome.rows()).as("%s", outcome.output()).isZero();
    }
    switch (one.ideal()) {
      case "deny" ->
          assertThat(outcome.refused()).as("%s", outcome).isNotEqualTo(splits().contains(one.id()));
      case "allow" -> {
        if (failing().contains(one.id())) {
          assertThat(outcome.error()).isNotNull();
          assertThat(outcome.refused()).as("%s", outcome).isFalse();
        } else {
          assertThat(outcome.error()).isNull();
          assertThat(outcome.rows()).isPositive();
        }
      }
      default -> {
        boolean made = one.id().equals(MADE_BY_ITSELF);
        boolean fails = FAILING.contains(one.id()) || failing().contains(one.id());
        assertThat(outcome.refused()).as("%s", outcome).isEqualTo(made);
        assertThat(outcome.error() != null).as("%s", outcome).isEqualTo(fails || made);
      }
    }
  }

  /** The statement with its parameters as literals. */
  static String withLiterals(String sql, List<String> parameters) {
    String text = sql;
    for (String parameter : parameters) {
      int at = text.indexOf('?');
      text =
          text.substring(0, at)
              + '\''
              + parameter.replace("'", "''")
              + '\''
              + text.substring(at + 1);
    }
    return text;
  }
}
