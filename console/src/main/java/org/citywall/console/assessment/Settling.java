// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.List;
import java.util.function.LongSupplier;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;

/**
 * What assessors do with the items of an open round. A change fails with {@code CON-0060} for a
 * closed round, {@code CON-0061} for an item that it does not have, {@code CON-0058} where somebody
 * else changed the item first. Safe for use by several threads.
 */
public final class Settling {

  private static final int MAX_BULK = 500;
  private static final int MAX_NOTE = 1000;

  private final StateChanges changes;
  private final LongSupplier logSize;

  /**
   * Settles items of rounds.
   *
   * @param logSize entries of the log, to know evidence that names one of them
   */
  public Settling(StateChanges changes, LongSupplier logSize) {
    this.changes = changes;
    this.logSize = logSize;
  }

  /** Settles one item as the caller saw it. */
  public ItemResult settle(
      Actor actor, AssessmentId id, ItemKey key, long version, Settlement said) {
    said.require(actor);
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          ItemResult was = ItemRow.get(journal.jdbc(), id, key);
          if (was.version() != version) {
            throw new PlatformException(ConsoleErrorCode.COMPLIANCE_CHANGED, key.control());
          }
          ItemResult now = settled(journal, actor, was, said);
          ItemRow.update(journal.jdbc(), id, now);
          write(journal, actor, round, "item-settled", List.of(key), said);
          return now;
        });
  }

  /** Settles many items alike, whatever they were; one entry tells of all. */
  public int settleAll(Actor actor, AssessmentId id, List<ItemKey> keys, Settlement said) {
    said.require(actor);
    if (keys.isEmpty() || keys.size() > MAX_BULK) {
      throw new PlatformException(ConsoleErrorCode.SETTLEMENT_INVALID, "choose 1 to 500 items");
    }
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          for (ItemKey key : keys) {
            ItemResult was = ItemRow.get(journal.jdbc(), id, key);
            ItemRow.update(journal.jdbc(), id, settled(journal, actor, was, said));
          }
          write(journal, actor, round, "items-settled", keys, said);
          return keys.size();
        });
  }

  /** Looks an item over; nobody reviews what they settled: {@code CON-0064}. */
  public ItemResult review(Actor actor, AssessmentId id, ItemKey key) {
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          ItemResult was = ItemRow.get(journal.jdbc(), id, key);
          if (was.stated() == Result.UNTESTED || actor.user().equals(was.assessor())) {
            throw new PlatformException(ConsoleErrorCode.REVIEW_OWN, key.control());
          }
          ItemResult now =
              new ItemResult(
                  key,
                  was.version() + 1,
                  was.stated(),
                  was.origin(),
                  was.assessor(),
                  actor.user(),
                  was.comment(),
                  was.applicability(),
                  was.value(),
                  was.crypto(),
                  was.evidenceUntil(),
                  was.decidedAt());
          ItemRow.update(journal.jdbc(), id, now);
          Act act = Act.of(actor, "item-reviewed", round, "");
          Acts.write(journal, act.on(List.of(key), ScoreSheet.word(was.stated())));
          return now;
        });
  }

  /** Adds an object of the system to an item, untested. */
  public void addObject(Actor actor, AssessmentId id, ItemKey whole, String object) {
    if (object.isBlank() || object.length() > 200) {
      throw new PlatformException(ConsoleErrorCode.SETTLEMENT_INVALID, "an object has a name");
    }
    changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          ItemResult was = ItemRow.get(journal.jdbc(), id, whole);
          ItemKey key = new ItemKey(whole.framework(), whole.item(), object.strip());
          ItemRow.insert(journal.jdbc(), id, ItemRow.untested(key, ItemResult.Origin.NOBODY));
          if (whole.object().isEmpty() && was.stated() == Result.UNTESTED) {
            ItemRow.delete(journal.jdbc(), id, whole);
          }
          Acts.write(journal, Act.of(actor, "object-added", round, object).on(List.of(key), null));
          return key;
        });
  }

  /** Adds evidence to an item; {@code CON-0065} where it names nothing. */
  public void addEvidence(Actor actor, AssessmentId id, ItemKey key, Evidence evidence) {
    changes.change(
        journal -> {
          evidence.require(logSize.getAsLong());
          Assessment round = AssessmentRow.open(journal, id);
          ItemRow.get(journal.jdbc(), id, key);
          EvidenceRow.insert(journal, actor, id, key, evidence);
          Act act = Act.of(actor, "evidence-added", round, noteOf(evidence)).on(List.of(key), null);
          Acts.write(
              journal, evidence.leaf() == null ? act : act.restingOn(List.of(evidence.leaf())));
          return key;
        });
  }

  /** Notes a risk that an item brings. */
  public RemainingRisk addRisk(
      Actor actor, AssessmentId id, ItemKey key, RiskGrade grade, boolean major, String note) {
    requireNote(note);
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          ItemRow.get(journal.jdbc(), id, key);
          int position = RiskRow.all(journal.jdbc(), id).size() + 1;
          RemainingRisk risk =
              new RemainingRisk(position, key.control(), grade, major, note, false);
          RiskRow.insert(journal.jdbc(), id, risk);
          String text = ScoreSheet.word(grade) + (major ? " major" : "") + ": " + note;
          Acts.write(journal, Act.of(actor, "risk-found", round, text).on(List.of(key), null));
          return risk;
        });
  }

  /** Notes that a risk was removed; its item must not be nonconforming any more. */
  public void mendRisk(Actor actor, AssessmentId id, int position, String note) {
    requireNote(note);
    changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          RemainingRisk risk =
              RiskRow.all(journal.jdbc(), id).stream()
                  .filter(one -> one.position() == position && !one.mended())
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new PlatformException(ConsoleErrorCode.ITEM_UNKNOWN, "risk " + position));
          requireMended(journal, id, risk);
          RiskRow.mend(journal.jdbc(), id, position);
          Acts.write(journal, Act.of(actor, "risk-mended", round, risk.item() + ": " + note));
          return position;
        });
  }

  private static void requireMended(Journal journal, AssessmentId id, RemainingRisk risk) {
    boolean fails =
        ItemRow.all(journal.jdbc(), id).stream()
            .filter(item -> item.key().control().equals(risk.item()))
            .anyMatch(
                item -> item.stated() == Result.NONCONFORM || ItemResult.unsettled(item.stated()));
    if (fails) {
      throw new PlatformException(ConsoleErrorCode.NOT_MENDED, risk.item());
    }
  }

  private static ItemResult settled(Journal journal, Actor actor, ItemResult was, Settlement said) {
    if (was.origin() == ItemResult.Origin.PLATFORM) {
      throw new PlatformException(
          ConsoleErrorCode.SETTLEMENT_INVALID, was.key().control() + " is the platform's");
    }
    boolean back = said.outcome() == Result.UNTESTED;
    return new ItemResult(
        was.key(),
        was.version() + 1,
        said.outcome(),
        back ? ItemResult.Origin.NOBODY : ItemResult.Origin.PERSON,
        actor.user(),
        null,
        said.comment(),
        said.outcome() == Result.NOT_APPLICABLE ? said.applicability() : null,
        said.value(),
        said.crypto(),
        said.evidenceUntil(),
        journal.now());
  }

  private static void write(
      Journal journal,
      Actor actor,
      Assessment round,
      String action,
      List<ItemKey> keys,
      Settlement said) {
    Applicability why = said.applicability();
    String note =
        said.outcome() != Result.NOT_APPLICABLE || why == null
            ? said.comment()
            : why.reason() + " / " + why.approver() + " / " + why.until();
    Act act = Act.of(actor, action, round, note);
    Acts.write(journal, act.on(keys, ScoreSheet.word(said.outcome())));
  }

  private static String noteOf(Evidence evidence) {
    return evidence.name()
        + " "
        + evidence.from()
        + ".."
        + evidence.to()
        + (evidence.sha256() == null ? "" : " sha256:" + evidence.sha256());
  }

  private static void requireNote(String note) {
    if (note.isBlank() || note.length() > MAX_NOTE) {
      throw new PlatformException(ConsoleErrorCode.SETTLEMENT_INVALID, "a note is missing");
    }
  }
}
