// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;

/**
 * What somebody wants to take out of the log.
 *
 * @param leaves 1..50,000
 * @param selection how they were chosen, one line that names no person
 * @param subjects an entry that has none of these values is withheld; empty: none is for that
 * @param withheld an entry that has one of these values is withheld
 * @param person who asks
 * @param reason why, one line
 */
public record EvidenceRequest(
    NavigableSet<Long> leaves,
    String selection,
    List<FieldValue> subjects,
    List<FieldValue> withheld,
    String person,
    String reason) {

  private static final int MAX_LINE = 1000;

  /**
   * {@code AUD-0153} for no leaves or a text that is not one line, {@code AUD-0152} for too many.
   */
  public EvidenceRequest {
    leaves = new TreeSet<>(leaves);
    subjects = List.copyOf(subjects);
    withheld = List.copyOf(withheld);
    if (leaves.isEmpty()) {
      throw new PlatformException(AuditErrorCode.BUNDLE_SELECTION, "no entry is selected");
    }
    if (leaves.size() > EvidenceBundle.MAX_ENTRIES) {
      throw new PlatformException(AuditErrorCode.BUNDLE_TOO_LARGE, leaves.size() + " entries");
    }
    for (String line : List.of(selection, person, reason)) {
      if (line.isBlank()
          || line.length() > MAX_LINE
          || line.chars().anyMatch(Character::isISOControl)) {
        throw new PlatformException(
            AuditErrorCode.BUNDLE_SELECTION, "person and reason are one line of text each");
      }
    }
  }

  boolean withholds(Event event) {
    return withheld.stream().anyMatch(value -> value.isIn(event))
        || !subjects.isEmpty() && subjects.stream().noneMatch(value -> value.isIn(event));
  }

  /** The rules without the values they look for. */
  List<String> rules() {
    List<String> rules = new ArrayList<>();
    subjects.forEach(subject -> rules.add("subject " + subject.name()));
    withheld.forEach(value -> rules.add("withhold " + value.name()));
    return rules;
  }
}
