// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.List;
import java.util.stream.Stream;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.SigmaEngine.Hit;
import org.citywall.correlation.sigma.SigmaRules;
import org.citywall.correlation.sigma.SigmaRules.Remark;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the command {@code rules} prints. */
final class RuleLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SigmaRules rules;
  private final List<Remark> doubts;

  RuleLines(SigmaRules rules) {
    this(rules, List.of());
  }

  RuleLines(SigmaRules rules, List<Remark> doubts) {
    this.rules = rules;
    this.doubts = doubts;
  }

  List<String> summary() {
    return List.of(
        "loaded "
            + rules.loaded()
            + ": "
            + rules.rules().size()
            + " rules, "
            + correlations()
            + " correlations, "
            + rules.filters()
            + " filters",
        "rejected " + rules.rejections().size());
  }

  private int correlations() {
    return rules.correlations().size() + rules.dormant().size();
  }

  Stream<String> rejections() {
    return rules.rejections().stream().map(remark -> "rejected " + text(remark));
  }

  Stream<String> notices() {
    return rules.notices().stream().map(remark -> "note " + text(remark));
  }

  Stream<String> doubts() {
    return doubts.stream().map(remark -> "doubt " + text(remark));
  }

  private static String text(Remark remark) {
    String title = remark.title().isEmpty() ? "" : " (" + remark.title() + ")";
    return remark.place() + ": " + remark.code().id() + " " + remark.reason() + title;
  }

  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("loaded", rules.loaded());
    json.put("rules", rules.rules().size());
    json.put("correlations", correlations());
    json.put("filters", rules.filters());
    json.put("rejected", rules.rejections().size());
    add(json.putArray("rejections"), rules.rejections());
    add(json.putArray("notices"), rules.notices());
    add(json.putArray("doubts"), doubts);
    return json.toString();
  }

  private static void add(ArrayNode list, List<Remark> remarks) {
    for (Remark remark : remarks) {
      list.addObject()
          .put("file", remark.place().file())
          .put("line", remark.place().line())
          .put("title", remark.title())
          .put("code", remark.code().id())
          .put("reason", remark.reason());
    }
  }

  /** Done, done with rejects, or an outside fault where a file could not be read. */
  int exitCode() {
    if (rules.rejections().stream()
        .anyMatch(remark -> remark.code() == CorrelationErrorCode.SIGMA_FILE_UNREADABLE)) {
      return ExitCode.OUTSIDE_FAULT;
    }
    return rules.rejections().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_REJECTS;
  }

  /** A hit as one line of JSON. */
  static String json(Hit hit) {
    return JSON.createObjectNode().put("rule", hit.rule()).put("event", hit.event()).toString();
  }

  /** A hit for people. */
  static String text(Hit hit) {
    String level = hit.level().isEmpty() ? "-" : hit.level();
    return "event " + hit.event() + "  " + level + "  " + hit.title() + " (" + hit.rule() + ")";
  }
}
