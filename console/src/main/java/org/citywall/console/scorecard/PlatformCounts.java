// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.citywall.collect.SourceStatus;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.feed.Counted;
import org.citywall.compliance.feed.FeedSource;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.console.assessment.Acts;
import org.citywall.console.assessment.DueDate;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.assessment.SystemRegister.Line;
import org.citywall.console.checking.CheckRuns;
import org.citywall.console.checking.RecordedRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Counts what this process knows: its sources, registers, tasks and runs of checks. */
public final class PlatformCounts implements IndexCounts {

  private static final int PAGE = 200;
  private static final int MAX_LEAVES = 200;
  private static final int RUNS = 200;

  private final Supplier<Optional<List<SourceStatus>>> sources;
  private final SystemRegister register;
  private final Rectification rectification;
  private final @Nullable CheckRuns runs;
  private final Clock clock;
  private final ZoneId zone;

  /**
   * @param sources of the collector; empty where the process has none
   * @param runs null where the process makes none
   */
  public PlatformCounts(
      Supplier<Optional<List<SourceStatus>>> sources,
      SystemRegister register,
      Rectification rectification,
      @Nullable CheckRuns runs,
      Clock clock,
      ZoneId zone) {
    this.sources = sources;
    this.register = register;
    this.rectification = rectification;
    this.runs = runs;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public Optional<Counted> count(FeedSource source, IndexPeriod period) {
    return switch (source) {
      case TABLES_CATALOGUED -> checked("platform.masking-catalogue", period, false);
      case COLUMNS_MASKED -> checked("platform.masking-policy", period, true);
      case SOURCES_HEARD -> sources(period, PlatformCounts::heard, "last seen, not silent");
      case SOURCES_WHOLE ->
          sources(period, one -> heard(one) && one.gaps() == 0, "last seen, not silent, no gap");
      case SYSTEMS_ASSESSED -> running(period) ? Optional.of(systems()) : Optional.empty();
      case TASKS_IN_TIME -> Optional.of(tasks(period));
      case MANUAL -> Optional.empty();
    };
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /** What is known of now alone tells nothing of a period that is over. */
  private boolean running(IndexPeriod period) {
    return period.contains(today());
  }

  private static boolean heard(SourceStatus source) {
    return !source.silent() && source.lastSeen().isPresent();
  }

  private Optional<Counted> sources(
      IndexPeriod period, Predicate<SourceStatus> good, String query) {
    if (!running(period)) {
      return Optional.empty();
    }
    return sources
        .get()
        .map(
            all ->
                new Counted(
                    all.stream().filter(good).count(),
                    all.size(),
                    "sources: " + query + "; " + clock.instant(),
                    List.of()));
  }

  private Counted systems() {
    LocalDate today = today();
    long of = 0;
    long good = 0;
    Set<Long> leaves = new TreeSet<>();
    long after = 0;
    List<Line> page;
    do {
      page = register.page(Filter.ALL, after, PAGE);
      for (Line line : page) {
        after = line.system().id().ordinal();
        Optional<DueDate> due =
            register.due(line.system(), line.lastAssessed()).stream()
                .filter(one -> one.duty() == DueDate.Duty.ASSESSMENT)
                .findFirst();
        if (due.isPresent()) {
          of++;
          if (!due.get().overdue(today)) {
            good++;
          }
          if (line.lastAssessed() != null && leaves.size() < MAX_LEAVES) {
            closing(line).ifPresent(leaves::add);
          }
        }
      }
    } while (page.size() == PAGE);
    return new Counted(
        good,
        of,
        "register of systems: assessment due, not overdue on " + today,
        List.copyOf(leaves));
  }

  private Optional<Long> closing(Line line) {
    return register.acts(line.system().id(), PAGE).stream()
        .filter(act -> act.action().equals("assessment-closed") && act.leaf().isPresent())
        .map((Acts.Done act) -> act.leaf().getAsLong())
        .findFirst();
  }

  private Counted tasks(IndexPeriod period) {
    LocalDate today = today();
    List<Rectification.Outcome> due =
        rectification.due(period.from(), period.to()).stream()
            .filter(one -> one.closedOn() != null || one.due().isBefore(today))
            .toList();
    return new Counted(
        due.stream().filter(Rectification.Outcome::inTime).count(),
        due.size(),
        "rectification tasks due " + period.from() + ".." + period.to() + ", closed by then",
        due.stream().flatMap(one -> one.leaf().stream()).sorted().limit(MAX_LEAVES).toList());
  }

  /** Of the last run of the period that could look. */
  private Optional<Counted> checked(String check, IndexPeriod period, boolean masks) {
    if (runs == null) {
      return Optional.empty();
    }
    for (RecordedRun run : runs.latest(RUNS)) {
      if (run.state() == RecordedRun.State.DONE
          && run.finishedAt() != null
          && period.contains(LocalDate.ofInstant(run.finishedAt(), zone))) {
        List<JsonNode> found =
            runs.results(run).stream()
                .filter(result -> result.check().equals(check))
                .map(CheckResult::evidence)
                .filter(evidence -> evidence != null && evidence.path("masking").isObject())
                .map(evidence -> evidence.path("masking"))
                .toList();
        if (!found.isEmpty()) {
          String query = run.id() + " " + check;
          List<Long> leaves = run.leaf() == null ? List.of() : List.of(run.leaf());
          return masks ? masked(found, query, leaves) : Optional.of(tables(found, query, leaves));
        }
      }
    }
    return Optional.empty();
  }

  static Counted tables(List<JsonNode> found, String query, List<Long> leaves) {
    long of = 0;
    long good = 0;
    for (JsonNode masking : found) {
      long tables = masking.path("tables").asLong(0);
      Set<String> lacking = new TreeSet<>();
      masking.path("uncatalogued").forEach(place -> lacking.add(table(place.asString(""))));
      of += tables;
      good += Math.max(0, tables - lacking.size());
    }
    return new Counted(good, of, query, leaves);
  }

  /** SCHEMA.TABLE of SCHEMA.TABLE.COLUMN. */
  private static String table(String place) {
    List<String> parts = new ArrayList<>(List.of(place.split("\\.")));
    return String.join(".", parts.subList(0, Math.min(2, parts.size())));
  }

  /** How many columns are classified is not known, so that only "all of them" is a share. */
  static Optional<Counted> masked(List<JsonNode> found, String query, List<Long> leaves) {
    boolean all =
        found.stream()
            .allMatch(
                masking ->
                    masking.path("unprotected").isEmpty()
                        && masking.path("enforcing").asBoolean(false)
                        && masking.path("tables").asLong(0) > 0);
    return all ? Optional.of(new Counted(1, 1, query, leaves)) : Optional.empty();
  }
}
