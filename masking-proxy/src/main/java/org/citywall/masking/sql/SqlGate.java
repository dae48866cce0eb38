// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.facts.Setting;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges statements: which may run, and as what. Refuses what it does not know. A verdict is the
 * same each time it is asked for with the same versions of schema and rights, so that the last ones
 * are kept. Safe for use by several threads.
 */
public final class SqlGate {

  private static final Logger LOG = LoggerFactory.getLogger(SqlGate.class);

  /** Settings of the platform itself, which the proxy reads and never passes on. */
  private static final String OWN_SETTINGS = "citywall.";

  private static final String SEARCH_PATH = "search_path";

  private static final int PLANS = 10_000;

  private final StatementAnalyser analyser;
  private final PlanCache plans = new PlanCache(PLANS);

  public SqlGate(StatementAnalyser analyser) {
    this.analyser = analyser;
  }

  /**
   * What becomes of a text of one or more statements.
   *
   * @param schema what names mean to the session at this moment
   * @param rights of the person behind the session
   */
  public Verdict judge(String sql, SchemaView schema, Rights rights) {
    return plans.find(sql, schema, rights).orElseGet(() -> judgeAnew(sql, schema, rights));
  }

  private Verdict judgeAnew(String sql, SchemaView schema, Rights rights) {
    Verdict verdict = find(sql, schema, rights);
    boolean lasting =
        !(verdict instanceof Verdict.Refused refused
            && refused.code() == MaskingErrorCode.ANALYSER_FAILED);
    if (lasting) {
      plans.keep(sql, schema, rights, verdict);
    }
    return verdict;
  }

  private Verdict find(String sql, SchemaView schema, Rights rights) {
    try {
      Rewritten rewritten = new Session(analyser, schema, rights).rewrite(sql, 0);
      List<StatementFacts> facts = rewritten.facts();
      facts.forEach(one -> check(one, rewritten));
      requireLastingNames(facts);
      return new Verdict.Allowed(
          rewritten.sql(), rewritten.uses(), rewritten.tables(), rewritten.masked(), kind(facts));
    } catch (StatementRefused refused) {
      return new Verdict.Refused(refused.code(), refused.detail(), refused.position());
    } catch (RuntimeException e) {
      // its message may hold a part of the statement
      LOG.atError()
          .addKeyValue("error.type", e.getClass().getName())
          .log("A statement could not be judged");
      return new Verdict.Refused(MaskingErrorCode.ANALYSER_FAILED, e.getClass().getName(), -1);
    }
  }

  private static StatementKind kind(List<StatementFacts> facts) {
    return switch (facts.size()) {
      case 0 -> StatementKind.EMPTY;
      case 1 -> facts.getFirst().kind();
      default -> StatementKind.SEVERAL;
    };
  }

  private static void check(StatementFacts facts, Rewritten rewritten) {
    if (facts.kind() == StatementKind.EXPLAIN && rewritten.secret()) {
      throw new StatementRefused(MaskingErrorCode.EXPLAIN_REFUSED, "EXPLAIN", 0);
    }
    if (facts.kind() == StatementKind.SET) {
      facts.settings().forEach(SqlGate::check);
    }
  }

  private static void check(Setting setting) {
    String name = setting.name().replace(' ', '_');
    boolean known = name.isEmpty() || name.startsWith(OWN_SETTINGS) || AllowList.SETTINGS.has(name);
    for (String value : setting.values()) {
      known &=
          name.startsWith(OWN_SETTINGS)
              || AllowList.SETTINGS.has(name, value.toLowerCase(Locale.ROOT));
    }
    // functions of a schema before pg_catalog would be called in the place of its own
    boolean hidesCatalog = name.equals(SEARCH_PATH) && setting.values().indexOf("pg_catalog") > 0;
    if (!known || hidesCatalog) {
      throw new StatementRefused(MaskingErrorCode.SETTING_REFUSED, setting.name(), 0);
    }
  }

  /** Names are resolved before the first statement runs, so that none may change what they mean. */
  private static void requireLastingNames(List<StatementFacts> facts) {
    boolean changed = false;
    for (StatementFacts one : facts) {
      if (changed && !one.tables().isEmpty()) {
        throw new StatementRefused(
            MaskingErrorCode.CONSTRUCT_REFUSED,
            "a table behind a statement that changes what names mean; send them one by one",
            -1);
      }
      changed |= changesNames(one);
    }
  }

  private static boolean changesNames(StatementFacts facts) {
    return Set.of(StatementKind.DISCARD, StatementKind.CREATE_TABLE_AS, StatementKind.CREATE_VIEW)
            .contains(facts.kind())
        || facts.kind() == StatementKind.SET
            && facts.settings().stream()
                .anyMatch(
                    setting -> setting.name().isEmpty() || setting.name().equals(SEARCH_PATH));
  }
}
