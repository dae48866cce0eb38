// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * Whom the rows of one access are about, as an event carries it: at most {@value
 * SubjectSketch#MOST_EXACT} hashes in {@code gov.subjects.digests}, and where there are more all of
 * them in the sketch {@code gov.subjects}.
 *
 * @param key name of the key of the hashes
 * @param rows whose person is known, each counted once
 * @param listed hashes, ascending where they are all
 * @param all null where the listed are all
 */
public record Subjects(String key, long rows, List<Long> listed, @Nullable SubjectSketch all) {

  /** Digits of a hash. */
  private static final int DIGITS = 16;

  public Subjects {
    listed = List.copyOf(listed);
  }

  /** Those of an exact set. */
  static Subjects exact(String key, long rows, SubjectSketch set) {
    return new Subjects(key, rows, Arrays.stream(set.hashes()).boxed().toList(), null);
  }

  /** The same of so many rows. */
  public Subjects ofRows(long many) {
    return new Subjects(key, many, listed, all);
  }

  /** How many persons, exactly or estimated. */
  public long count() {
    return all == null ? listed.size() : Math.max(listed.size(), all.size());
  }

  /** Persons that are in the sketch and not listed; estimated. */
  public long spilled() {
    return count() - listed.size();
  }

  /** Adds all of them to a set. */
  public void addTo(SubjectSketch set) {
    if (all != null) {
      set.merge(all);
    }
    listed.forEach(set::add);
  }

  /** Whether a person is among them; empty where only a sketch is left that cannot tell. */
  public Optional<Boolean> holds(long hash) {
    if (listed.contains(hash)) {
      return Optional.of(true);
    }
    return all == null || !all.mayHold(hash) ? Optional.of(false) : Optional.empty();
  }

  /** Writes them into an event. */
  public void put(Event.Builder event) {
    event
        .put(Field.GOV_SUBJECTS_KEY, key)
        .put(Field.GOV_SUBJECTS_ROWS, rows)
        .put(Field.GOV_SUBJECTS_COUNT, count())
        .put(Field.GOV_SUBJECTS_DIGESTS, listed.stream().map(SubjectKey::text).toList());
    if (all != null) {
      event.put(Field.GOV_SUBJECTS, all.encode()).put(Field.GOV_SUBJECTS_SPILLED, spilled());
    }
  }

  /**
   * Those that an event carries; empty where it names no key, or what it carries cannot be read: a
   * source may send anything.
   */
  public static Optional<Subjects> of(Event event) {
    String key = event.text(Field.GOV_SUBJECTS_KEY);
    List<String> texts = event.texts(Field.GOV_SUBJECTS_DIGESTS);
    if (key == null || texts.size() > SubjectSketch.MOST_EXACT) {
      return Optional.empty();
    }
    if (!texts.stream().allMatch(Subjects::isHash)) {
      return Optional.empty();
    }
    List<Long> listed = texts.stream().map(HexFormat::fromHexDigitsToLong).distinct().toList();
    long rows = Math.max(0, event.number(Field.GOV_SUBJECTS_ROWS, 0));
    byte[] bytes = event.bytes(Field.GOV_SUBJECTS);
    if (bytes == null) {
      return Optional.of(new Subjects(key, rows, listed, null));
    }
    return SubjectSketch.decode(bytes).map(all -> new Subjects(key, rows, listed, all));
  }

  private static boolean isHash(String text) {
    return text.length() == DIGITS && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** Keys and numbers, not which persons. */
  @Override
  public String toString() {
    return "Subjects[" + key + ", rows " + rows + ", persons " + count() + "]";
  }
}
