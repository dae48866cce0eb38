// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.console.generate.Kind;
import org.citywall.console.generate.ScenarioCatalogue;
import org.citywall.console.generate.Truth;
import org.citywall.correlation.Context;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;

/** Measures rules on events whose truth is known. */
public final class Evaluation {

  /**
   * What is measured.
   *
   * @param learning how long after the first event alerts do not count yet
   * @param officers who share the alerts, from 1
   */
  public record Question(
      RulePack pack, SigmaSet sigma, Context context, Duration learning, int officers) {

    public Question {
      if (officers < 1 || learning.isNegative()) {
        throw new IllegalArgumentException("at least one officer, and no negative time");
      }
    }
  }

  /** Gives events in order of arrival. */
  public interface Events {
    void forEach(Consumer<Event> out);
  }

  private final Question question;
  private final List<Truth> truth;

  public Evaluation(Question question, List<Truth> truth) {
    this.question = question;
    this.truth = List.copyOf(truth);
  }

  public Scorecard run(Events events) {
    long start = System.nanoTime();
    try (EngineRun run =
        new EngineRun(question.pack(), question.sigma(), question.context(), truth)) {
      events.forEach(run::accept);
      return score(run, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private Scorecard score(EngineRun run, Duration time) {
    Event first = run.first();
    Event last = run.last();
    Instant begin = first == null ? Instant.EPOCH : first.received().plus(question.learning());
    Instant end = last == null ? begin : last.received();
    List<RaisedAlert> counted =
        run.alerts().stream().filter(alert -> !alert.raised().isBefore(begin)).toList();
    return new Scorecard(
        run.events(),
        time,
        Duration.between(begin, end).toMinutes() / 1440.0,
        question.officers(),
        counted.size(),
        run.alerts().size() - counted.size(),
        (int) counted.stream().filter(alert -> alert.scenario() == 0).count(),
        run.statistics().ruleFailures(),
        scenarios(run, counted),
        falseAlerts(counted),
        load(counted));
  }

  private List<ScenarioScore> scenarios(EngineRun run, List<RaisedAlert> alerts) {
    Map<Integer, List<Truth>> byScenario = new TreeMap<>();
    truth.forEach(
        each -> byScenario.computeIfAbsent(each.scenario(), n -> new ArrayList<>()).add(each));
    List<ScenarioScore> scores = new ArrayList<>();
    byScenario.forEach((number, staged) -> scores.add(score(number, staged, run, alerts)));
    return scores;
  }

  private ScenarioScore score(
      int number, List<Truth> staged, EngineRun run, List<RaisedAlert> alerts) {
    List<RaisedAlert> own = alerts.stream().filter(a -> a.scenario() == number).toList();
    List<Duration> detection = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    for (Truth attack : of(staged, Kind.ATTACK)) {
      own.stream()
          .filter(alert -> Attribution.finds(alert, attack))
          .map(alert -> alert.since(attack.instance()))
          .min(Comparator.naturalOrder())
          .ifPresentOrElse(
              at -> detection.add(Duration.between(run.decided(attack), at)),
              () -> missed.add(attack.instance()));
    }
    detection.sort(Comparator.naturalOrder());
    List<Truth> nearMisses = of(staged, Kind.NEAR_MISS);
    List<Truth> benign = of(staged, Kind.BENIGN);
    return new ScenarioScore(
        number,
        ScenarioCatalogue.builtIn().scenario(number).title(),
        of(staged, Kind.ATTACK).size(),
        detection.size(),
        own.size(),
        (int) own.stream().filter(this::isRight).count(),
        nearMisses.size(),
        touched(nearMisses, own),
        benign.size(),
        touched(benign, own),
        detection,
        missed);
  }

  private static List<Truth> of(List<Truth> staged, Kind kind) {
    return staged.stream().filter(each -> each.kind() == kind).toList();
  }

  private static int touched(List<Truth> staged, List<RaisedAlert> alerts) {
    return (int)
        staged.stream()
            .filter(each -> alerts.stream().anyMatch(a -> a.shared(each.instance()) > 0))
            .count();
  }

  private boolean isRight(RaisedAlert alert) {
    return truth.stream()
        .anyMatch(each -> each.kind() == Kind.ATTACK && Attribution.belongs(alert, each));
  }

  private List<FalseAlerts> falseAlerts(List<RaisedAlert> alerts) {
    Map<String, List<RaisedAlert>> byRule = new LinkedHashMap<>();
    for (RaisedAlert alert : alerts) {
      if (alert.scenario() > 0 && !isRight(alert)) {
        byRule.computeIfAbsent(alert.rule(), rule -> new ArrayList<>()).add(alert);
      }
    }
    return byRule.values().stream()
        .map(Evaluation::summary)
        .sorted(Comparator.comparingInt(FalseAlerts::count).reversed())
        .toList();
  }

  private List<RuleLoad> load(List<RaisedAlert> alerts) {
    Map<String, List<RaisedAlert>> byRule = new LinkedHashMap<>();
    alerts.forEach(
        alert -> byRule.computeIfAbsent(alert.rule(), rule -> new ArrayList<>()).add(alert));
    return byRule.values().stream()
        .map(this::loadOfOne)
        .sorted(Comparator.comparingInt(RuleLoad::alerts).reversed())
        .toList();
  }

  private RuleLoad loadOfOne(List<RaisedAlert> alerts) {
    RaisedAlert first = alerts.getFirst();
    int right = (int) alerts.stream().filter(this::isRight).count();
    return new RuleLoad(first.scenario(), first.rule(), alerts.size(), right, first.entity());
  }

  private static FalseAlerts summary(List<RaisedAlert> alerts) {
    RaisedAlert first = alerts.getFirst();
    return new FalseAlerts(
        first.scenario(),
        first.rule(),
        alerts.size(),
        first.entity(),
        first.raised(),
        first.instances().stream().sorted().findFirst().orElse(""));
  }
}
