// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind the next statement of a session. What is said of that in a transaction ends with it
 * or stays as PostgreSQL has it for settings; where it is taken back or fails, nothing is assumed
 * any more until it is said again: never what was said before. Confined to the session's event
 * loop.
 */
final class Principal {

  private final Claim initial;
  private Access access;
  private Claim session;
  private @Nullable Claim local;

  /** What held before the change that is on its way. */
  private Claim before = Claim.NONE;

  private Claim beforeInSession = Claim.NONE;
  private boolean sessionChangedBefore;

  /** Whether a change may still be taken back. */
  private boolean unsettled;

  private boolean sessionChanged;
  private boolean failed;
  private boolean savepoint;

  /** Whether one message is being taken, and who was found to be behind it. */
  private boolean taking;

  private @Nullable Claim taken;
  private @Nullable Actor behind;
  private boolean changedBehindSavepoint;

  Principal(Access access, Claim initial) {
    this.access = access;
    this.initial = initial;
    this.session = initial;
  }

  Claim claim() {
    Claim ofTransaction = local;
    return ofTransaction == null ? session : ofTransaction;
  }

  Access login() {
    return access;
  }

  /**
   * The session, and who is behind a statement of it.
   *
   * @param own claim of the statement; null where it has the session's
   */
  Access access(@Nullable Claim own) {
    return access.by(actor(own));
  }

  Actor actor(@Nullable Claim own) {
    Claim claim = own == null ? claim() : own;
    Actor known = behind;
    if (known == null || !claim.equals(taken)) {
      known = access.account().actors().actor(claim);
      behind = taking ? known : null;
      taken = claim;
    }
    return known;
  }

  /**
   * A message of the client is taken: until {@link #took}, who is behind a claim is asked for once,
   * so that the message is judged by one policy and one moment.
   */
  void taking() {
    taking = true;
  }

  /** All that happens at once with the message has happened. */
  void took() {
    taking = false;
    behind = null;
  }

  Rights rights(@Nullable Claim own) {
    return actor(own).rights();
  }

  /** The same for one statement, for which more may be granted. */
  Rights rights(@Nullable Claim own, String sql) {
    return rights(own).forStatement(sql);
  }

  /** The client calls itself otherwise from now on. */
  void renamed(String application) {
    access = access.renamed(application);
  }

  /** Whether no statement may be judged before the answers to those before it are there. */
  boolean isUnsettled() {
    return unsettled;
  }

  /** A change was sent: until it has succeeded nobody is behind the session. */
  void changing() {
    before = claim();
    beforeInSession = session;
    sessionChangedBefore = sessionChanged;
    unsettled = true;
    sessionChanged = true;
    session = Claim.LOST;
    local = null;
  }

  /** A change was refused: who sent it wrongly is nobody from now on. */
  void lost() {
    session = Claim.LOST;
    local = null;
  }

  /** A change succeeded. */
  void changed(Said.Naming naming) {
    Claim now = naming.to().apply(before);
    changedBehindSavepoint |= savepoint;
    if (naming.local()) {
      session = beforeInSession;
      sessionChanged = sessionChangedBefore;
      local = now;
    } else {
      session = now.equals(Claim.NONE) ? initial : now;
    }
  }

  /** Something failed: without a transaction block it took what was said before with it. */
  void failed() {
    failed = true;
  }

  /** A statement ended; of {@code SAVEPOINT} and the ends of transactions more is to be known. */
  void completed(String tag, Decision decision) {
    switch (tag) {
      case "SAVEPOINT" -> savepoint = true;
      case "COMMIT" -> settle();
      case "ROLLBACK" -> {
        if (decision.kind() == StatementKind.TRANSACTION && isToSavepoint(decision.sql())) {
          lose(changedBehindSavepoint);
        } else {
          lose(sessionChanged);
          settle();
        }
      }
      default -> {
        // it ends nothing
      }
    }
  }

  /** The database is ready: {@code I} between transactions, {@code T} or {@code E} in one. */
  void ready(char transaction) {
    if (transaction == 'I') {
      lose(failed && sessionChanged);
      settle();
    }
    failed = false;
  }

  private static boolean isToSavepoint(String rollback) {
    return Lexer.tokens(rollback).stream().anyMatch(token -> token.isWord("to"));
  }

  private void lose(boolean lost) {
    if (unsettled && lost) {
      session = Claim.LOST;
      local = null;
      sessionChanged = true;
    }
  }

  private void settle() {
    local = null;
    unsettled = false;
    sessionChanged = false;
    savepoint = false;
    changedBehindSavepoint = false;
  }
}
