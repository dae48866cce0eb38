// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementParser;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.AnalysisThreads;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementLimits;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Facts by ShardingSphere's grammar. */
public final class GrammarAnalyser implements StatementAnalyser {

  /**
   * Its time grows fivefold with each sub-query in another one: six take seconds, eight a minute.
   */
  private static final StatementLimits LIMITS = new StatementLimits(1 << 16, 5_000, 12, 5, 1_000);

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final AnalysisThreads threads =
      new AnalysisThreads(Runtime.getRuntime().availableProcessors(), DEADLINE);

  private final Predictions predictions = new Predictions();

  @Override
  public StatementLimits limits() {
    return LIMITS;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StatementRefused also {@code ANALYSER_FAILED} where the grammar takes too long
   */
  @Override
  public List<StatementFacts> analyse(String sql) {
    return threads.call(() -> facts(Lexer.tokens(sql)));
  }

  private List<StatementFacts> facts(List<Token> tokens) {
    List<StatementFacts> facts = new ArrayList<>();
    List<Token> statement = new ArrayList<>();
    for (Token token : tokens) {
      if (token.is(";")) {
        addFacts(statement, facts);
        statement.clear();
      } else {
        statement.add(token);
      }
    }
    addFacts(statement, facts);
    return facts;
  }

  private void addFacts(List<Token> statement, List<StatementFacts> facts) {
    if (!statement.isEmpty()) {
      facts.add(
          SettingReader.read(statement)
              .orElseGet(
                  () -> {
                    PlainText plain = new PlainText(List.copyOf(statement));
                    return new StatementTree(new Names(plain)).read(tree(plain));
                  }));
    }
  }

  private ParserRuleContext tree(PlainText plain) {
    PostgreSQLStatementLexer lexer =
        new PostgreSQLStatementLexer(CharStreams.fromString(plain.text()));
    lexer.removeErrorListeners();
    PostgreSQLStatementParser parser = new PostgreSQLStatementParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.setErrorHandler(new BailErrorStrategy());
    predictions.use(parser);
    try {
      return parser.execute();
    } catch (ParseCancellationException e) {
      int start = parser.getCurrentToken().getStartIndex();
      throw new StatementRefused(
          MaskingErrorCode.STATEMENT_UNREADABLE,
          "not in the grammar in use",
          plain.tokenAt(start).map(Token::start).orElse(-1));
    }
  }
}
