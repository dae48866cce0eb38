// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.Setting;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges statements: which may run, and as what. Refuses what it does not know. A verdict is the
 * same each time it is asked for with the same versions of schema and rights, so that the last ones
 * are kept. Safe for use by several threads.
 */
public final class SqlGate {

  private static final Logger LOG = LoggerFactory.getLogger(SqlGate.class);

  private static final String SEARCH_PATH = "search_path";

  private static final int PLANS = 10_000;

  private final StatementAnalyser analyser;
  private final @Nullable String viewSchema;
  private final PlanCache plans = new PlanCache(PLANS);
  private final Recent<OwnView, Boolean> ownViews = new Recent<>(PLANS);

  /** A view of hardened mode, as it is to a person at one state of the schema. */
  private record OwnView(TableName view, String schemaVersion, String rightsVersion) {}

  private final Recent<ShownColumn, Boolean> shown = new Recent<>(PLANS);

  /** A column and who asks for it, by what holds then. */
  private record ShownColumn(
      TableName relation, String column, Rights rights, String policy, String schema) {}

  /** A gate whose statements read derived tables. */
  public SqlGate(StatementAnalyser analyser) {
    this(analyser, null);
  }

  /**
   * A gate.
   *
   * @param login of the proxy, whose views stand in the place of derived tables; null where there
   *     are none
   */
  public SqlGate(StatementAnalyser analyser, @Nullable String login) {
    this.analyser = analyser;
    this.viewSchema = login == null ? null : ViewNames.schema(login);
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

  /** The same where it is known already; empty where the statement has to be analysed. */
  public Optional<Verdict> known(String sql, SchemaView schema, Rights rights) {
    return plans.find(sql, schema, rights);
  }

  /**
   * Whether a person sees a relation's column as it is: by the catalogue, by the family of a
   * partition, by the query of a view or of a copy.
   */
  public boolean shows(Relation relation, String column, SchemaView schema, Rights rights) {
    ShownColumn asked =
        new ShownColumn(relation.name(), column, rights, rights.version(), schema.version());
    if (shown.find(asked) != null) {
      return true;
    }
    boolean shows = isShown(relation, column, schema, rights);
    if (shows) {
      shown.keep(asked, true);
    }
    return shows;
  }

  private boolean isShown(Relation relation, String column, SchemaView schema, Rights rights) {
    Session session = session(schema, rights);
    try {
      return relation.kind() == RelationKind.VIEW && !rights.catalogued(relation.name())
          ? !session.rewrite(Session.query(relation), 1).masked()
          : new Coverages(session).of(relation, -1).shows(column);
    } catch (StatementRefused refused) {
      return false;
    }
  }

  /**
   * Whether a view of hardened mode shows this person what the policy lets them see.
   *
   * @param relations all that it may be a view of
   */
  public boolean isOwnView(
      TableName view, Collection<Relation> relations, SchemaView schema, Rights rights) {
    OwnView asked = new OwnView(view, schema.version(), rights.version());
    Boolean known = ownViews.find(asked);
    if (known != null) {
      return known;
    }
    Session session = session(schema, rights);
    HardenedRead read = new HardenedRead(session, new Coverages(session));
    boolean own = relations.stream().anyMatch(relation -> isOwn(read, view, relation));
    ownViews.keep(asked, own);
    return own;
  }

  private static boolean isOwn(HardenedRead read, TableName view, Relation relation) {
    try {
      return read.isOwn(view, relation);
    } catch (StatementRefused refused) {
      return false;
    }
  }

  private Session session(SchemaView schema, Rights rights) {
    return new Session(analyser, schema, rights, viewSchema);
  }

  private Verdict judgeAnew(String sql, SchemaView schema, Rights rights) {
    try {
      Rewritten rewritten = session(schema, rights).rewrite(sql, 0);
      Verdict.Allowed verdict = allowed(sql, rewritten);
      plans.keep(sql, schema, rights, verdict, rewritten);
      return verdict;
    } catch (StatementRefused refused) {
      Verdict verdict = new Verdict.Refused(refused.code(), refused.detail(), refused.position());
      if (refused.code() != MaskingErrorCode.ANALYSER_FAILED) {
        plans.keep(sql, schema, rights, verdict);
      }
      return verdict;
    } catch (RuntimeException e) {
      // its message may hold a part of the statement
      LOG.atError()
          .addKeyValue("error.type", e.getClass().getName())
          .log("A statement could not be judged");
      return new Verdict.Refused(MaskingErrorCode.ANALYSER_FAILED, e.getClass().getName(), -1);
    }
  }

  private static Verdict.Allowed allowed(String sql, Rewritten rewritten) {
    List<StatementFacts> facts = rewritten.facts();
    facts.forEach(one -> check(one, rewritten));
    requireLastingNames(facts);
    GrantScope.check(rewritten, sql);
    return new Verdict.Allowed(
        rewritten.sql(),
        rewritten.uses(),
        rewritten.tables(),
        rewritten.masked(),
        kind(facts),
        rewritten.lookUps(),
        rewritten.written());
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
    boolean known = name.isEmpty() || AllowList.SETTINGS.has(name);
    for (String value : setting.values()) {
      known &= AllowList.SETTINGS.has(name, value.toLowerCase(Locale.ROOT));
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
