// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementKind;

/**
 * Statements that SQL prepared: their names only the database knows, and here is known under what
 * they were judged. Confined to the session's event loop.
 */
final class SqlPrepared {

  static final Set<StatementKind> PREPARES =
      EnumSet.of(StatementKind.PREPARE, StatementKind.SEVERAL);

  private static final Set<String> FORGET_ALL = Set.of("DEALLOCATE ALL", "DISCARD ALL");

  private static final Pattern PREPARE = Pattern.compile("(?i)\\bprepare\\b");
  private static final Pattern EXECUTE = Pattern.compile("(?i)\\bexecute\\b");

  private final Statements statements;
  private final Set<String> under = new HashSet<>();

  /**
   * @param statements those that messages prepared, which SQL may execute as well
   */
  SqlPrepared(Statements statements) {
    this.statements = statements;
  }

  boolean isEmpty() {
    return under.isEmpty();
  }

  /** A statement was sent that may prepare another. */
  void sent(Prepared.Judged judged, String sql) {
    if (mayBe(StatementKind.PREPARE, PREPARE, judged.kind(), sql)) {
      under.add(judged.lasting());
    }
  }

  /** Whether everything that this may execute was judged under these versions. */
  boolean isUnder(String lasting, String execute) {
    return Set.of(lasting).containsAll(under) && statements.areJudgedUnder(lasting, execute);
  }

  /** Whether what this may execute looks rows up. */
  boolean mayLookUp(String execute) {
    return statements.mayLookUp(execute);
  }

  /** Whether a statement of the text may be an EXECUTE. */
  static boolean executes(StatementKind kind, String sql) {
    return mayBe(StatementKind.EXECUTE, EXECUTE, kind, sql);
  }

  /** Refuses an EXECUTE, and says where it stands. */
  static Verdict.Refused refusal(String reason, String sql) {
    Matcher execute = EXECUTE.matcher(sql);
    return new Verdict.Refused(
        MaskingErrorCode.CONSTRUCT_REFUSED, reason, execute.find() ? execute.start() : -1);
  }

  private static boolean mayBe(StatementKind one, Pattern word, StatementKind kind, String sql) {
    return kind == one || kind == StatementKind.SEVERAL && word.matcher(sql).find();
  }

  /** Every statement is gone where none was prepared behind the one that ended. */
  void completed(String tag, Pipeline pipeline) {
    if (FORGET_ALL.contains(tag) && !pipeline.owes(PREPARES)) {
      under.clear();
    }
  }
}
