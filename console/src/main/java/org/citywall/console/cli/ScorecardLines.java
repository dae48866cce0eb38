// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.console.evaluate.FalseAlerts;
import org.citywall.console.evaluate.RuleLoad;
import org.citywall.console.evaluate.ScenarioScore;
import org.citywall.console.evaluate.Scorecard;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A scorecard for people and for programs. */
final class ScorecardLines {

  private static final double RECALL = 0.95;
  private static final double PRECISION = 0.9;
  private static final int FALSE_ALERTS = 20;
  private static final int LOADS = 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String title;
  private final Scorecard card;

  ScorecardLines(String title, Scorecard card) {
    this.title = title;
    this.card = card;
  }

  /** Whether each scenario was found well enough with few enough false alerts. */
  boolean isAccepted() {
    return card.scenarios().stream().allMatch(ScorecardLines::isAccepted);
  }

  private static boolean isAccepted(ScenarioScore score) {
    return score.recall() >= RECALL && score.precision() >= PRECISION;
  }

  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%s%d events, %.1f days after learning, %.0f events/s",
            title.isEmpty() ? "" : title + ": ",
            card.events(),
            card.days(),
            card.eventsPerSecond()));
    lines.add(
        "  # scenario                             recall       precision    near benign  to detect");
    card.scenarios().forEach(score -> lines.add(line(score)));
    lines.add(
        text(
            "all recall %.3f, precision %.3f; scenarios that satisfy both limits: %d of %d",
            card.recall(),
            card.precision(),
            card.scenarios().stream().filter(ScorecardLines::isAccepted).count(),
            card.scenarios().size()));
    lines.add(
        text(
            "alerts %d (%d of rules about no scenario), %.1f per officer and day; %d while learning;"
                + " rule failures %d",
            card.alerts(),
            card.otherRules(),
            card.alertsPerOfficerAndDay(),
            card.learning(),
            card.ruleFailures()));
    card.load().stream().limit(LOADS).forEach(each -> lines.add(line(each)));
    card.falseAlerts().stream().limit(FALSE_ALERTS).forEach(each -> lines.add(line(each)));
    return lines;
  }

  private static String line(ScenarioScore score) {
    return text(
        "%s%2d %-36.36s %2d/%-2d %.2f  %3d/%-3d %.2f  %2d/%-2d %2d/%-2d  %s %s",
        isAccepted(score) ? " " : "!",
        score.scenario(),
        score.title(),
        score.found(),
        score.attacks(),
        score.recall(),
        score.right(),
        score.alerts(),
        score.precision(),
        score.nearMissesAlerted(),
        score.nearMisses(),
        score.benignAlerted(),
        score.benign(),
        text(score.detection(0.5)),
        score.missed().isEmpty() ? "" : "missed " + String.join(" ", score.missed()));
  }

  private static String text(@Nullable Duration time) {
    return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String line(RuleLoad load) {
    return text(
        "load: %d by %s%s, first %s",
        load.alerts(),
        load.rule(),
        load.scenario() == 0 ? "" : text(" (scenario %d, %d right)", load.scenario(), load.right()),
        load.example());
  }

  private static String line(FalseAlerts alerts) {
    return text(
        "false: %d by %s (scenario %d), first %s at %s%s",
        alerts.count(),
        alerts.rule(),
        alerts.scenario(),
        alerts.example(),
        alerts.raised(),
        alerts.about().isEmpty() ? "" : ", about " + alerts.about());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("title", title);
    json.put("accepted", isAccepted());
    json.put("events", card.events());
    json.put("events-per-second", Math.round(card.eventsPerSecond()));
    json.put("days", card.days());
    json.put("officers", card.officers());
    json.put("alerts", card.alerts());
    json.put("alerts-per-officer-and-day", card.alertsPerOfficerAndDay());
    json.put("alerts-while-learning", card.learning());
    json.put("alerts-of-other-rules", card.otherRules());
    json.put("rule-failures", card.ruleFailures());
    json.put("recall", card.recall());
    json.put("precision", card.precision());
    ArrayNode scenarios = json.putArray("scenarios");
    card.scenarios().forEach(score -> put(score, scenarios.addObject()));
    ArrayNode wrong = json.putArray("false-alerts");
    for (FalseAlerts each : card.falseAlerts()) {
      wrong
          .addObject()
          .put("scenario", each.scenario())
          .put("rule", each.rule())
          .put("count", each.count())
          .put("example", each.example())
          .put("raised", each.raised().toString())
          .put("about", each.about());
    }
    ArrayNode load = json.putArray("alerts-by-rule");
    for (RuleLoad each : card.load()) {
      load.addObject()
          .put("scenario", each.scenario())
          .put("rule", each.rule())
          .put("alerts", each.alerts())
          .put("right", each.right())
          .put("example", each.example());
    }
    return json.toString();
  }

  private static void put(ScenarioScore score, ObjectNode json) {
    json.put("scenario", score.scenario());
    json.put("title", score.title());
    json.put("accepted", isAccepted(score));
    json.put("attacks", score.attacks());
    json.put("found", score.found());
    json.put("recall", score.recall());
    json.put("alerts", score.alerts());
    json.put("right", score.right());
    json.put("precision", score.precision());
    json.put("near-misses", score.nearMisses());
    json.put("near-misses-alerted", score.nearMissesAlerted());
    json.put("benign", score.benign());
    json.put("benign-alerted", score.benignAlerted());
    json.put("detect-p50-seconds", seconds(score.detection(0.5)));
    json.put("detect-p95-seconds", seconds(score.detection(0.95)));
    score.missed().forEach(json.putArray("missed")::add);
  }

  private static @Nullable Double seconds(@Nullable Duration time) {
    return time == null ? null : time.toMillis() / 1000.0;
  }
}
