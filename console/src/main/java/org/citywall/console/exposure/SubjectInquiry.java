// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.state.StateChanges;
import org.citywall.masking.identifier.SubjectIdentifier;

/**
 * Takes a question about one person: makes hashes of the identifier, which is kept nowhere, and
 * records who asks and why before anything is answered.
 */
public final class SubjectInquiry {

  private static final int SHORTEST_REASON = 4;
  private static final int LONGEST_REASON = 400;

  /** Entries at the end of the log among which the one that was just appended is. */
  private static final int LAST = 5_000;

  private final SubjectKeys keys;
  private final StateChanges changes;
  private final LogReader log;

  public SubjectInquiry(SubjectKeys keys, StateChanges changes, LogReader log) {
    this.keys = keys;
    this.changes = changes;
    this.log = log;
  }

  /**
   * A question that is recorded.
   *
   * @param hashes of the person, by the name of the key
   * @param leaf of the entry that records it; -1 where it came too long ago to be found
   */
  public record Asked(Map<String, Long> hashes, long leaf) {

    public Asked {
      hashes = Map.copyOf(hashes);
    }

    /** How the answer names the person: hash and key, the newest first. */
    public List<String> references() {
      return hashes.entrySet().stream()
          .map(one -> SubjectKey.text(one.getValue()) + '@' + one.getKey())
          .sorted()
          .toList();
    }
  }

  /**
   * Records a question; {@code CON-0046} for what is no resident's number, {@code CON-0047} where
   * no reason is given, {@code CON-0002} where it cannot be recorded. None of them repeats the
   * identifier.
   */
  public Asked ask(Actor actor, Sensitive<String> identifier, String reason) {
    String person =
        SubjectIdentifier.residentId(identifier.reveal())
            .orElseThrow(
                () ->
                    new PlatformException(
                        ConsoleErrorCode.SUBJECT_INVALID, "the identifier is not repeated here"));
    String why = reason.strip();
    if (why.length() < SHORTEST_REASON
        || why.length() > LONGEST_REASON
        || containsIdentifier(why, person)) {
      throw new PlatformException(
          ConsoleErrorCode.SUBJECT_REASON_MISSING, "4 to 400 characters, without the number");
    }
    Map<String, Long> hashes = new LinkedHashMap<>();
    keys.all().forEach(key -> hashes.put(key.name(), key.hash(person)));
    return new Asked(hashes, leaf(record(actor, keys.all().getFirst(), person, why)));
  }

  private static boolean containsIdentifier(String reason, String person) {
    return reason.toUpperCase(Locale.ROOT).contains(person);
  }

  private long leaf(EventId id) {
    long size = log.size();
    for (long from = size; from > Math.max(0, size - LAST); ) {
      long first = Math.max(0, from - 500);
      for (LoggedEntry entry : log.read(first, (int) (from - first)).reversed()) {
        if (entry.event().id().equals(id)) {
          return entry.leaf();
        }
      }
      from = first;
    }
    return -1;
  }

  private EventId record(Actor actor, SubjectKey key, String person, String reason) {
    return changes.change(
        journal ->
            journal.record(
                event ->
                    event
                        .put(Field.EVENT_ACTION, "subject-looked-up")
                        .put(Field.USER_NAME, actor.user())
                        .put(Field.SOURCE_IP, actor.address())
                        .put(Field.GOV_SUBJECTS_KEY, key.name())
                        .put(Field.GOV_SUBJECTS_DIGESTS, List.of(SubjectKey.text(key.hash(person))))
                        .put(Field.GOV_NOTE, reason)));
  }
}
