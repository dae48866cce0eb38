// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Drift;
import org.citywall.compliance.check.Remark;
import org.citywall.compliance.check.Truth;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the command {@code check} prints. */
final class CheckLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CheckLines() {}

  static String text(Check check) {
    return check.id()
        + "  "
        + word(check.severity())
        + "  "
        + String.join(",", check.items())
        + "  "
        + check.title().zh()
        + " / "
        + check.title().en();
  }

  static List<String> whole(Check check) {
    return List.of(
        check.id() + " version " + check.version(),
        check.title().zh(),
        check.title().en(),
        "severity: " + word(check.severity()),
        "items: " + String.join(", ", check.items()),
        "source: " + check.source(),
        "collector: " + check.collector().name(),
        "整改：" + check.remediation().zh(),
        "remediation: " + check.remediation().en());
  }

  static String json(Check check) {
    ObjectNode json = JSON.createObjectNode();
    json.put("check", check.id())
        .put("version", check.version())
        .put("severity", word(check.severity()));
    ArrayNode items = json.putArray("items");
    check.items().forEach(items::add);
    json.putObject("title").put("zh", check.title().zh()).put("en", check.title().en());
    return json.toString();
  }

  /** One line, and one for each comparison that did not hold where it does not conform. */
  static List<String> text(CheckResult result) {
    List<String> lines = new ArrayList<>();
    String reason = result.reason().isEmpty() ? "" : "  " + result.reason();
    Waiver waiver = result.waiver();
    String waived =
        waiver == null ? "" : "  waived until " + waiver.until() + ": " + waiver.reason();
    lines.add(
        word(result.result()) + "  " + result.target() + "  " + result.check() + reason + waived);
    boolean explained =
        result.result() == Result.PARTIAL
            || result.result() == Result.NONCONFORM
            || result.result() == Result.ERROR;
    if (explained) {
      result.remarks().stream()
          .filter(remark -> remark.truth() != Truth.TRUE)
          .forEach(remark -> lines.add("    " + text(remark)));
    }
    return lines;
  }

  private static String text(Remark remark) {
    String found = remark.found() == null ? "nothing" : remark.found();
    return remark.path() + " " + remark.operator() + " " + remark.wanted() + ": found " + found;
  }

  /** A line of what became otherwise. */
  static String text(Drift.Change change) {
    return word(change.way())
        + "  "
        + change.subject().target()
        + "  "
        + change.subject().check()
        + "  "
        + text(change.before())
        + " -> "
        + text(change.after())
        + (change.checkChanged() ? "  (another version of the check)" : "");
  }

  private static String text(Drift.@Nullable Outcome outcome) {
    if (outcome == null) {
      return "nothing";
    }
    boolean waived =
        outcome.accepted()
            && outcome.result() != Result.CONFORM
            && outcome.result() != Result.NOT_APPLICABLE;
    return word(outcome.result()) + (waived ? " waived" : "");
  }

  static String json(Drift.Change change) {
    ObjectNode json = JSON.createObjectNode();
    json.put("way", word(change.way()))
        .put("target", change.subject().target())
        .put("check", change.subject().check())
        .put("before", change.before() == null ? null : word(change.before().result()))
        .put("after", change.after() == null ? null : word(change.after().result()))
        .put("check-changed", change.checkChanged());
    return json.toString();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
