// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.citywall.compliance.waiver.Waivers;
import org.jspecify.annotations.Nullable;

/** What several checks of one item and target come to, and whether that is waived. */
final class CheckVerdict {

  private static final int MAX_TEXT = 1000;
  private static final int MAX_PERSONS = 400;

  private CheckVerdict() {}

  /** Any error is an error, all alike is that, a mixture is partial. */
  static Result combined(List<CheckResult> said) {
    Set<Result> each = new TreeSet<>(said.stream().map(CheckResult::result).toList());
    if (each.stream().anyMatch(ItemResult::unsettled)) {
      return Result.ERROR;
    }
    if (each.size() > 1) {
      each.remove(Result.NOT_APPLICABLE);
    }
    return each.size() == 1 ? each.iterator().next() : Result.PARTIAL;
  }

  /** Whether a run found less than a person said; an exception that was approved stands. */
  static boolean lower(Result found, Result said) {
    return said != Result.NOT_APPLICABLE
        && found != Result.NOT_APPLICABLE
        && rank(found) < rank(said);
  }

  private static int rank(Result result) {
    return switch (result) {
      case UNTESTED, ERROR, EVIDENCE_EXPIRED -> 0;
      case NONCONFORM -> 1;
      case PARTIAL -> 2;
      case CONFORM, NOT_APPLICABLE -> 3;
    };
  }

  /**
   * Why what was found does not count for a time; null unless everything that does not conform is
   * waived and everything could be looked at.
   */
  static @Nullable Applicability waived(List<CheckResult> said, Waivers granted, Instant now) {
    List<Waiver> found = new ArrayList<>();
    for (CheckResult result : said) {
      if (ItemResult.unsettled(result.result())) {
        return null;
      }
      if (ItemResult.failed(result.result())) {
        Optional<Waiver> waiver = granted.find(result.check(), result.target(), now);
        if (waiver.isEmpty()) {
          return null;
        }
        found.add(waiver.get());
      }
    }
    LocalDate until = found.stream().map(Waiver::until).min(Comparator.naturalOrder()).orElse(null);
    return until == null
        ? null
        : new Applicability(
            joined(found.stream().map(Waiver::reason), MAX_TEXT),
            joined(found.stream().flatMap(waiver -> waiver.signedBy().stream()), MAX_PERSONS),
            until);
  }

  /** A line for each check, with the waiver that counts for it. */
  static String comment(List<CheckResult> said, Waivers granted, Instant now) {
    return said.stream()
        .sorted(Comparator.comparing(CheckResult::check))
        .map(result -> line(result, granted, now))
        .collect(Collectors.joining("\n"));
  }

  private static String line(CheckResult result, Waivers granted, Instant now) {
    String waived =
        ItemResult.failed(result.result())
            ? granted
                .find(result.check(), result.target(), now)
                .map(waiver -> " [waived until " + waiver.until() + "]")
                .orElse("")
            : "";
    return result.check()
        + ": "
        + ScoreSheet.word(result.result())
        + (result.reason().isEmpty() ? "" : " (" + result.reason() + ")")
        + waived;
  }

  private static String joined(Stream<String> texts, int most) {
    String all = texts.distinct().collect(Collectors.joining(", "));
    return all.length() <= most ? all : all.substring(0, most);
  }
}
