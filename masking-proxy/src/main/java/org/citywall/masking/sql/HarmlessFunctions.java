// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/**
 * Finds the functions of a database that can show nothing protected, by the words of their source.
 * Every word that is the name of a relation has to be one of which the person sees all; every word
 * that is the name of a function has to be one that may be called; and there may be no word of
 * those that run a text as a statement or change what names and texts mean. A word is looked at
 * wherever it stands and whatever the schema, so that nothing depends on how a body is read.
 *
 * <p>A view within a body is read by its words as well: reading it as statements are read could
 * lead back here without end.
 */
final class HarmlessFunctions {

  private static final String CATALOG = "pg_catalog";

  /** They run text as a statement, call what is no function, or change schema or session. */
  private static final Set<String> NEVER =
      Set.of(
          "alter",
          "call",
          "copy",
          "create",
          "deallocate",
          "discard",
          "drop",
          "execute",
          "grant",
          "import",
          "listen",
          "load",
          "notify",
          "prepare",
          "reassign",
          "reset",
          "revoke");

  /** They make a value of a range type; the server gives each such type its own. */
  private static final Set<String> RANGES =
      Set.of(
          "multirange_constructor0",
          "multirange_constructor1",
          "multirange_constructor2",
          "range_constructor2",
          "range_constructor3");

  private static final Set<String> AFTER_DO = Set.of("update", "nothing", "instead", "also");
  private static final Set<String> SESSION = Set.of("local", "role", "session");
  private static final Set<String> CLAUSES =
      Set.of("loop", "then", "else", "begin", "nowait", "skip");
  private static final int MAX_LENGTH = 100_000;

  private final Session session;
  private final Coverages coverages;
  private final Map<Object, Boolean> known = new HashMap<>();

  /** What was found harmless, in the order in which it was asked about. */
  private final List<Object> trail = new ArrayList<>();

  HarmlessFunctions(Session session, Coverages coverages) {
    this.session = session;
    this.coverages = coverages;
  }

  /** Whether each function of this name, whatever its schema and arguments, may be called. */
  boolean has(String name) {
    return judged(name, () -> isHarmless(name));
  }

  /**
   * What calls itself is no worse for it, so that what is being judged is taken to be harmless
   * meanwhile. Where it turns out not to be, nothing holds any more that was found on the way.
   */
  private boolean judged(Object what, BooleanSupplier judge) {
    Boolean before = known.get(what);
    if (before != null) {
      return before;
    }
    int mark = trail.size();
    known.put(what, true);
    trail.add(what);
    boolean harmless = false;
    try {
      harmless = judge.getAsBoolean();
    } finally {
      if (!harmless) {
        List<Object> resting = trail.subList(mark, trail.size());
        resting.forEach(known::remove);
        resting.clear();
        known.put(what, false);
      }
    }
    return harmless;
  }

  private boolean isHarmless(String name) {
    Set<String> schemas = session.schema().schemasOfFunction(name);
    boolean listed = AllowList.FUNCTIONS.has(name);
    if (schemas.contains("information_schema") || schemas.contains(CATALOG) && !listed) {
      return false;
    }
    List<FunctionBody> bodies = session.schema().bodies(name);
    boolean own = schemas.stream().anyMatch(schema -> !schema.equals(CATALOG));
    return own ? !bodies.isEmpty() && bodies.stream().allMatch(this::isHarmless) : listed;
  }

  private boolean isHarmless(FunctionBody body) {
    return switch (body.language()) {
      // only a superuser makes one, and says by this word that it reads no tables
      case "c" -> body.immutable() && hasHarmlessWords(body.text());
      case "internal" -> body.immutable() && isListed(body.text().strip().split("\\s", 2)[0]);
      case "sql", "plpgsql", "aggregate" -> !body.ownSettings() && hasHarmlessWords(body.text());
      default -> false;
    };
  }

  private static boolean isListed(String internal) {
    return AllowList.FUNCTIONS.has(internal) || RANGES.contains(internal);
  }

  private boolean hasHarmlessWords(String text) {
    if (text.length() > MAX_LENGTH) {
      return false;
    }
    try {
      Tokens tokens = Tokens.of(text);
      for (int i = 0; i < tokens.size(); i++) {
        boolean word = tokens.isName(i);
        if (word && !isHarmlessWord(tokens, i) || callsUnknownOperator(tokens.get(i))) {
          return false;
        }
      }
      return true;
    } catch (StatementRefused unreadable) {
      return false;
    }
  }

  private boolean callsUnknownOperator(Token token) {
    return CalledOperators.of(token).stream()
        .anyMatch(one -> !session.schema().schemasOfFunction(one).isEmpty() && !has(one));
  }

  private boolean isHarmlessWord(Tokens tokens, int index) {
    Token word = tokens.get(index);
    boolean safe =
        switch (word.text()) {
          case "do" -> AFTER_DO.stream().anyMatch(next -> tokens.isWord(index + 1, next));
          case "set" -> setsColumns(tokens, index);
          case "operator" -> isServersOperator(tokens, index);
          default -> !NEVER.contains(word.text());
        };
    return safe
        && (session.schema().schemasOfFunction(word.text()).isEmpty() || has(word.text()))
        && session.schema().named(word.text()).stream().allMatch(this::isShown);
  }

  /** Whether SET is part of an UPDATE and no statement of its own. */
  private static boolean setsColumns(Tokens tokens, int set) {
    if (SESSION.stream().anyMatch(next -> tokens.isWord(set + 1, next))) {
      return false;
    }
    for (int i = set - 1; i >= 0 && standsInTarget(tokens, i); i--) {
      if (tokens.isWord(i, "update")) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may stand between UPDATE and SET: a name with its alias, and not a clause. */
  private static boolean standsInTarget(Tokens tokens, int index) {
    return tokens.is(index, ".")
        || tokens.is(index, "*")
        || tokens.isName(index) && CLAUSES.stream().noneMatch(one -> tokens.isWord(index, one));
  }

  /** An operator that is named with a schema calls what its owner likes. */
  private static boolean isServersOperator(Tokens tokens, int index) {
    return !tokens.is(index + 1, "(")
        || tokens.isWord(index + 2, CATALOG) && tokens.is(index + 3, ".");
  }

  private boolean isShown(TableName name) {
    return judged(name, () -> session.relation(name).map(this::isShown).orElse(true));
  }

  private boolean isShown(Relation relation) {
    return switch (relation.kind()) {
      case SYSTEM ->
          AllowList.RELATIONS.has(relation.name().toString())
              && AllowList.RELATIONS.hidden(relation.name().toString()).isEmpty();
      case SEQUENCE -> true;
      case TABLE, PARTITIONED, FOREIGN, TEMP -> isOpen(relation);
      case VIEW, MATVIEW ->
          hasHarmlessWords(Session.query(relation))
              && (!session.rights().catalogued(relation.name()) || isOpen(relation));
    };
  }

  private boolean isOpen(Relation relation) {
    try {
      return coverages.of(relation, -1).isOpen();
    } catch (StatementRefused refused) {
      return false;
    }
  }
}
