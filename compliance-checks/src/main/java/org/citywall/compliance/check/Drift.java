// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.compliance.score.Result;
import org.jspecify.annotations.Nullable;

/** What became otherwise between two runs. */
public final class Drift {

  private Drift() {}

  /** Which way it went. */
  public enum Way {
    /** It was better, or could be told. */
    WORSE,
    BETTER,
    /** The outcome is another one, and neither better nor worse. */
    OTHERWISE,
    /** It was not looked at before. */
    NEW,
    /** It is not looked at any more. */
    GONE
  }

  /** What was looked at. */
  public record Subject(String target, String check) implements Comparable<Subject> {
    @Override
    public int compareTo(Subject other) {
      int order = target.compareTo(other.target);
      return order != 0 ? order : check.compareTo(other.check);
    }
  }

  /**
   * An outcome.
   *
   * @param version of the check
   * @param accepted it conforms, does not apply or is waived
   */
  public record Outcome(Result result, int version, boolean accepted) {}

  /**
   * A difference.
   *
   * @param before null where it is new
   * @param after null where it is gone
   * @param checkChanged the two outcomes are of two versions of the check
   */
  public record Change(
      Subject subject,
      Way way,
      @Nullable Outcome before,
      @Nullable Outcome after,
      boolean checkChanged) {}

  /** The differences, by target and check. */
  public static List<Change> between(Map<Subject, Outcome> earlier, Map<Subject, Outcome> later) {
    Map<Subject, Outcome> all = new TreeMap<>(earlier);
    all.putAll(later);
    List<Change> changes = new ArrayList<>();
    for (Subject subject : all.keySet()) {
      Outcome before = earlier.get(subject);
      Outcome after = later.get(subject);
      way(before, after)
          .ifPresent(
              way ->
                  changes.add(
                      new Change(
                          subject,
                          way,
                          before,
                          after,
                          before != null && after != null && before.version() != after.version())));
    }
    return changes;
  }

  private static Optional<Way> way(@Nullable Outcome before, @Nullable Outcome after) {
    if (before == null) {
      return Optional.of(Way.NEW);
    }
    if (after == null) {
      return Optional.of(Way.GONE);
    }
    int difference = Integer.compare(rank(after), rank(before));
    if (difference != 0) {
      return Optional.of(difference < 0 ? Way.WORSE : Way.BETTER);
    }
    return before.result() == after.result() ? Optional.empty() : Optional.of(Way.OTHERWISE);
  }

  /** What cannot be told is as bad as what does not conform: it never passes. */
  private static int rank(Outcome outcome) {
    if (outcome.accepted()) {
      return 2;
    }
    return outcome.result() == Result.PARTIAL ? 1 : 0;
  }
}
