// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.CheckRun;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.check.Drift.Outcome;
import org.citywall.compliance.check.Drift.Subject;
import org.citywall.compliance.check.ResultLines;
import org.citywall.compliance.check.RunFile;
import org.citywall.compliance.collect.Target;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.GrantedWaivers;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.checking.RecordedRun.State;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;

/** What is done in a run: it looks, keeps what it finds, feeds rounds, and tells the log. */
public final class RunWork {

  private final StateChanges changes;
  private final CheckPlan plan;
  private final Checks checks;
  private final GrantedWaivers waivers;
  private final RoundFeed rounds;
  private final Clock clock;
  private final Object turn = new Object();
  private @Nullable Thread looking;
  private boolean brokenOff;

  public RunWork(
      StateChanges changes,
      CheckPlan plan,
      Checks checks,
      GrantedWaivers waivers,
      RoundFeed rounds,
      Clock clock) {
    this.changes = changes;
    this.plan = plan;
    this.checks = checks;
    this.waivers = waivers;
    this.rounds = rounds;
    this.clock = clock;
  }

  /** The targets of a system, or all of them. */
  List<ListedTarget> targets(@Nullable SystemId system) {
    return plan.targets().get().stream()
        .filter(target -> system == null || target.systems().contains(system))
        .toList();
  }

  /**
   * Makes a run, or what a run lacks that was broken off; then it is done, or has failed.
   *
   * @param looked is told how many targets are done, by several threads
   */
  void make(Actor actor, RecordedRun run, List<ListedTarget> targets, IntConsumer looked)
      throws InterruptedException {
    String said;
    String digest = null;
    try {
      if (targets.isEmpty()) {
        throw new PlatformException(ConsoleErrorCode.CHECK_TARGETS_NONE, "no targets any more");
      }
      look(run, targets, looked);
      List<CheckResult> results = RunFile.read(file(run.id()));
      digest = digest(run.id());
      said = counts(results) + rounds.feed(actor, run.id(), targets, results);
    } catch (PlatformException e) {
      said = e.code().id() + ": " + e.getMessage();
      digest = null;
    } catch (IOException | UncheckedIOException e) {
      said = ConsoleErrorCode.CHECK_RUN_FILE.id() + ": " + e.getMessage();
      digest = null;
    }
    finish(actor, run, digest, said);
  }

  private void look(RecordedRun run, List<ListedTarget> targets, IntConsumer looked)
      throws IOException, InterruptedException {
    Path file = file(run.id());
    Files.createDirectories(plan.folder());
    Map<Subject, Outcome> had =
        Files.exists(file) ? ResultLines.outcomes(RunFile.read(file)) : Map.of();
    Map<String, ListedTarget> byName = new TreeMap<>();
    targets.forEach(target -> byName.put(target.target().name(), target));
    CheckRun one =
        new CheckRun(checks.toList(), waivers.read(), clock, plan.limit(), plan.atOnce());
    AtomicInteger done = new AtomicInteger();
    beginLooking();
    try (RunFile kept = Files.exists(file) ? RunFile.append(file) : RunFile.create(file)) {
      one.each(
          targets.stream().map(ListedTarget::target).toList(),
          lacking(byName, had),
          (target, results) -> {
            kept.add(results);
            looked.accept(done.incrementAndGet());
          });
    } finally {
      endLooking();
    }
    requireNotBrokenOff();
  }

  private void beginLooking() throws InterruptedException {
    synchronized (turn) {
      requireNotBrokenOff();
      looking = Thread.currentThread();
    }
  }

  private void endLooking() {
    synchronized (turn) {
      looking = null;
      // an interruption would close the files of the state database while they are written
      Thread.interrupted();
    }
  }

  private void requireNotBrokenOff() throws InterruptedException {
    synchronized (turn) {
      if (brokenOff) {
        throw new InterruptedException("broken off");
      }
    }
  }

  /** Ends what looks at targets now, and begins no other; it stays a run that goes on. */
  void breakOff() {
    synchronized (turn) {
      brokenOff = true;
      if (looking != null) {
        looking.interrupt();
      }
    }
  }

  private static BiPredicate<Target, Check> lacking(
      Map<String, ListedTarget> byName, Map<Subject, Outcome> had) {
    return (target, check) -> {
      ListedTarget listed = byName.get(target.name());
      Outcome outcome = had.get(new Subject(target.name(), check.id()));
      boolean lacks =
          outcome == null
              || outcome.result() == Result.ERROR
              || outcome.version() != check.version();
      return lacks && listed != null && listed.wants(check);
    };
  }

  private void finish(Actor actor, RecordedRun run, @Nullable String digest, String said) {
    State state = digest == null ? State.FAILED : State.DONE;
    changes.change(
        journal -> {
          SystemId system = run.system();
          String sum = digest == null ? "" : "; sha256:" + digest;
          EventId event =
              journal.record(
                  entry ->
                      entry
                          .put(Field.EVENT_ACTION, RunLeaves.DONE)
                          .put(Field.USER_NAME, actor.user())
                          .put(Field.SOURCE_IP, actor.address())
                          .put(Field.GOV_SYSTEM_ID, system == null ? null : system.toString())
                          .put(
                              Field.GOV_NOTE,
                              run.id() + " " + ResultWords.of(state) + sum + "; " + said));
          RunRow.finish(journal.jdbc(), run.id(), state, journal.now(), digest, said, event);
          return event;
        });
  }

  private static String counts(List<CheckResult> results) {
    Map<String, Long> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> ResultWords.of(result.result()),
                    TreeMap::new,
                    Collectors.counting()));
    Set<String> targets = new HashSet<>();
    results.forEach(result -> targets.add(result.target()));
    return targets.size()
        + " targets: "
        + counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
  }

  List<CheckResult> results(RecordedRun run) {
    boolean expected = run.state() == State.DONE || Files.exists(file(run.id()));
    return expected ? ResultLines.read(text(run)) : List.of();
  }

  String text(RecordedRun run) {
    try {
      byte[] bytes = Files.readAllBytes(file(run.id()));
      if (run.digest() != null && !Hash.sha256(bytes).hex().equals(run.digest())) {
        throw new PlatformException(ConsoleErrorCode.CHECK_RUN_CHANGED, run.id().toString());
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PlatformException(ConsoleErrorCode.CHECK_RUN_FILE, run.id().toString(), e);
    }
  }

  private String digest(CheckRunId run) throws IOException {
    return Hash.sha256(Files.readAllBytes(file(run))).hex();
  }

  private Path file(CheckRunId run) {
    return plan.folder().resolve(run + ".jsonl");
  }
}
