// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.citywall.correlation.Alert;
import org.citywall.correlation.BacktestResult;
import org.citywall.correlation.SigmaSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a backtest prints. */
final class BacktestLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final BacktestResult result;
  private final Duration handling;
  private final ZoneId zone;

  BacktestLines(BacktestResult result, Duration handling, ZoneId zone) {
    this.result = result;
    this.handling = handling;
    this.zone = zone;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(json());
    } else {
      lines(out);
    }
    out.flush();
  }

  private void lines(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "read %,d entries in %.1f s: %,d/s, %,.0f times real time%n",
        result.entries(),
        result.took().toMillis() / 1000.0,
        result.entriesPerSecond(),
        result.timesRealTime());
    side(out, "in force ", result.question().inForce().sigma(), result.inForce());
    side(out, "candidate", result.question().candidate().sigma(), result.candidate());
    result.appear().forEach(alert -> alert(out, "appears ", alert));
    result.vanish().forEach(alert -> alert(out, "vanishes", alert));
    out.printf(
        Locale.ROOT,
        "officer-hours at %d min an alert: %.1f more, %.1f less; %+.2f a day%n",
        handling.toMinutes(),
        hours(result.appear().size()),
        hours(result.vanish().size()),
        hoursADay());
  }

  private static void side(PrintWriter out, String name, SigmaSet set, List<Alert> alerts) {
    out.printf(Locale.ROOT, "%s  %,d rules, %,d alerts%n", name, set.size(), alerts.size());
  }

  private void alert(PrintWriter out, String what, Alert alert) {
    out.printf(
        Locale.ROOT,
        "%s  %-8s  %s  %s  %s (%s), %,d entries from leaf %d on%n",
        what,
        alert.severity().name().toLowerCase(Locale.ROOT),
        TIME.format(alert.firstSeen().atZone(zone)),
        shown(alert.entity()),
        shown(alert.parameters().getOrDefault("title", "")),
        shown(alert.parameters().getOrDefault("rule", "")),
        alert.total(),
        alert.firstLeaf());
  }

  /** Text from events without characters that could steer a terminal. */
  private static String shown(String text) {
    return text.replaceAll("\\p{C}", "\uFFFD");
  }

  private double hours(int alerts) {
    return alerts * handling.toMinutes() / 60.0;
  }

  private double hoursADay() {
    double days =
        ChronoUnit.MINUTES.between(result.question().from(), result.question().to()) / 1440.0;
    return days == 0 ? 0 : (hours(result.appear().size()) - hours(result.vanish().size())) / days;
  }

  private String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("entries", result.entries());
    json.put("seconds", result.took().toMillis() / 1000.0);
    json.put("entries-per-second", result.entriesPerSecond());
    json.put("times-real-time", result.timesRealTime());
    put(json.putObject("in-force"), result.question().inForce().sigma(), result.inForce());
    put(json.putObject("candidate"), result.question().candidate().sigma(), result.candidate());
    add(json.putArray("appear"), result.appear());
    add(json.putArray("vanish"), result.vanish());
    json.put("handling-minutes", handling.toMinutes());
    json.put("officer-hours-a-day", hoursADay());
    return json.toString();
  }

  private static void put(ObjectNode node, SigmaSet set, List<Alert> alerts) {
    node.put("rules", set.size()).put("digest", set.digest()).put("alerts", alerts.size());
  }

  private static void add(ArrayNode list, List<Alert> alerts) {
    for (Alert alert : alerts) {
      list.addObject()
          .put("rule", alert.parameters().getOrDefault("rule", ""))
          .put("title", alert.parameters().getOrDefault("title", ""))
          .put("severity", alert.severity().name().toLowerCase(Locale.ROOT))
          .put("entity", alert.entity())
          .put("first", alert.firstSeen().toString())
          .put("last", alert.lastSeen().toString())
          .put("entries", alert.total())
          .put("leaf", alert.firstLeaf());
    }
  }
}
