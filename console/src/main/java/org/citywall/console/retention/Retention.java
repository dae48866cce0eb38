// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.retention.RetentionStatement;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Account;
import org.citywall.console.account.Accounts;
import org.citywall.console.retention.RetentionOrder.Approve;
import org.citywall.console.retention.RetentionOrder.Destroy;
import org.citywall.console.retention.RetentionOrder.Hold;
import org.citywall.console.retention.RetentionOrder.Lift;
import org.citywall.console.retention.RetentionOrder.Propose;
import org.citywall.console.retention.RetentionOrder.Withdraw;
import org.citywall.console.state.StateChanges;

/**
 * Carries out orders about retention of accounts whose password was checked. The statement of the
 * log names the account. What the log would not name is an entry of its own: who carried out a
 * destruction, before it begins, and each order that was refused. Safe for use by several threads.
 */
public final class Retention {

  private final RetentionWork work;
  private final Accounts accounts;
  private final StateChanges changes;
  private final Clock clock;

  public Retention(RetentionWork work, Accounts accounts, StateChanges changes, Clock clock) {
    this.work = work;
    this.accounts = accounts;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * Does what the account of the actor wants: {@code CON-0041} where its roles do not allow it,
   * {@code CON-0043} while the log is being read after a start, {@code AUD-0024} and {@code
   * AUD-0120} to {@code AUD-0124} where the rules of retention do not.
   *
   * @return leaf of the entry that tells of it
   */
  public long carryOut(Actor actor, RetentionOrder order) {
    try {
      requireRole(actor, order);
      KeptLog log = settled();
      return switch (order) {
        case Hold hold -> log.record(statement(actor, hold));
        case Lift lift -> log.record(new LiftProposed(lift.hold(), actor.user(), lift.reason()));
        case Propose propose ->
            log.record(new DestructionProposed(propose.payloads(), actor.user(), propose.reason()));
        case Withdraw withdraw -> log.record(new Withdrawn(withdraw.proposal(), actor.user()));
        case Approve approve -> log.record(new Approved(approve.proposal(), actor.user()));
        case Destroy destroy -> destroy(log, actor, destroy);
      };
    } catch (PlatformException e) {
      if (e.code().category() == ErrorCategory.POLICY
          || e.code().category() == ErrorCategory.CALLER) {
        entry(actor, "retention-refused", "failure", order, e.code().id());
      }
      throw e;
    }
  }

  private static RetentionStatement statement(Actor actor, Hold hold) {
    return new HoldPlaced(List.of(hold.scope()), hold.incident(), actor.user(), hold.reason());
  }

  private long destroy(KeptLog log, Actor actor, Destroy destroy) {
    entry(actor, "retention-destruction-ordered", "unknown", destroy, "");
    long leaf = log.destroy(destroy.approval());
    work.eraseCopies();
    return leaf;
  }

  private void requireRole(Actor actor, RetentionOrder order) {
    boolean may =
        accounts
            .find(actor.user())
            .filter(account -> !account.closed() && !account.mustChangePassword())
            .map(Account::roles)
            .filter(roles -> order.roles().stream().anyMatch(roles::contains))
            .isPresent();
    if (!may) {
      throw new PlatformException(
          ConsoleErrorCode.RETENTION_ROLE, "it takes one of " + order.roles());
    }
  }

  private KeptLog settled() {
    if (!work.isSettled()) {
      throw new PlatformException(
          ConsoleErrorCode.RETENTION_STARTING, work.health().state().name());
    }
    return work.log();
  }

  private void entry(
      Actor actor, String action, String outcome, RetentionOrder order, String code) {
    changes.change(
        journal ->
            journal.record(
                event ->
                    event
                        .put(Field.EVENT_ACTION, action)
                        .put(Field.EVENT_OUTCOME, outcome)
                        .put(Field.USER_NAME, actor.user())
                        .put(Field.SOURCE_IP, actor.address())
                        .put(Field.ERROR_CODE, code.isEmpty() ? null : code)
                        .put(Field.GOV_NOTE, order.text())));
  }

  /** How it stands now; {@code CON-0043} while the log is being read after a start. */
  public RetentionBoard board() {
    return RetentionBoard.of(settled(), work.counts().orElse(Map.of()), clock.instant());
  }
}
