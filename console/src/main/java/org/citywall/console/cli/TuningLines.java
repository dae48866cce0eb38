// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.citywall.correlation.Thresholds;
import org.citywall.correlation.Tuning;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proposals for thresholds, for people and for programs. */
final class TuningLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Tuning.Outcome outcome;
  private final Thresholds site;
  private final List<Tuning.Verdict> verdicts;
  private final Duration time;
  private final Duration handling;

  /**
   * @param site thresholds in force
   * @param time how long the history is
   * @param handling what an officer needs for an alert
   */
  TuningLines(
      Tuning.Outcome outcome,
      Thresholds site,
      List<Tuning.Verdict> verdicts,
      Duration time,
      Duration handling) {
    this.outcome = outcome;
    this.site = site;
    this.verdicts = verdicts;
    this.time = time;
    this.handling = handling;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(json());
    } else {
      lines(out);
    }
    out.flush();
  }

  /** The proposed file. */
  String file() {
    return outcome.thresholds().text(version());
  }

  private String version() {
    return site.version() + "-tuned";
  }

  private void lines(PrintWriter out) {
    long right = verdicts.stream().filter(Tuning.Verdict::right).count();
    out.printf(
        Locale.ROOT, "judged: %d incidents right, %d false%n", right, verdicts.size() - right);
    for (Tuning.Proposal each : outcome.proposals()) {
      out.printf(
          Locale.ROOT,
          "%s: %s %s -> %s ends %s, keeps all %d that were right, ends %d that nobody judged%n",
          each.rule(),
          each.threshold(),
          each.from(),
          each.to(),
          String.join(" ", each.falseGone()),
          each.rightKept().size(),
          each.unjudgedGone());
    }
    outcome.refused().forEach((rule, reason) -> out.println(rule + ": nothing, " + reason));
    if (!outcome.proposals().isEmpty()) {
      out.println("--- thresholds.yaml");
      out.println("+++ thresholds.yaml");
      List<String> before = site.text(site.version()).lines().toList();
      List<String> after = file().lines().toList();
      before.stream().filter(line -> !after.contains(line)).forEach(l -> out.println("-" + l));
      after.stream().filter(line -> !before.contains(line)).forEach(l -> out.println("+" + l));
    }
    out.printf(
        Locale.ROOT, "officer-hours saved a month, as in this history: %.1f%n", hoursAMonth());
  }

  private double hoursAMonth() {
    long gone = outcome.proposals().stream().mapToLong(each -> each.falseGone().size()).sum();
    double days = Math.max(1, time.toMinutes()) / 1440.0;
    return gone * handling.toMinutes() / 60.0 / days * 30;
  }

  private String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("right", verdicts.stream().filter(Tuning.Verdict::right).count());
    json.put("false", verdicts.stream().filter(each -> !each.right()).count());
    ArrayNode proposals = json.putArray("proposals");
    for (Tuning.Proposal each : outcome.proposals()) {
      ObjectNode one =
          proposals
              .addObject()
              .put("rule", each.rule())
              .put("threshold", each.threshold())
              .put("from", each.from())
              .put("to", each.to())
              .put("unjudged-gone", each.unjudgedGone());
      each.falseGone().forEach(one.putArray("false-gone")::add);
      each.rightKept().forEach(one.putArray("right-kept")::add);
    }
    outcome.refused().forEach(json.putObject("refused")::put);
    json.put("officer-hours-a-month", hoursAMonth());
    json.put("thresholds", file());
    return json.toString();
  }
}
