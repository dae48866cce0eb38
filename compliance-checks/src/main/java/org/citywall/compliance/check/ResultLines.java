// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.check.Drift.Outcome;
import org.citywall.compliance.check.Drift.Subject;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waiver;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as text: a JSON object on each line. A run on disk begins with a line {@value #FIRST};
 * its last line is no line without its end, because a run may break off while it writes. Of two
 * lines about the same target and check the last one counts.
 */
public final class ResultLines {

  /** The first line of a run on disk. */
  public static final String FIRST = "{\"citywall-check-run\":1}";

  private static final int MAX_LINES = 500_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ResultLines() {}

  /** A result without the end of its line. */
  public static String line(CheckResult result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("check", result.check())
        .put("version", result.version())
        .put("target", result.target())
        .put("result", word(result.result()))
        .put("reason", result.reason())
        .put("accepted", result.accepted())
        .put("collected-at", result.collectedAt().toString())
        .put("took-ms", result.took().toMillis())
        .put("facts-sha256", result.digest());
    Waiver waiver = result.waiver();
    if (waiver != null) {
      ArrayNode persons =
          json.putObject("waiver")
              .put("reason", waiver.reason())
              .put("until", waiver.until().toString())
              .putArray("signed-by");
      waiver.signedBy().forEach(persons::add);
    }
    ArrayNode remarks = json.putArray("remarks");
    for (Remark remark : result.remarks()) {
      remarks
          .addObject()
          .put("path", remark.path())
          .put("operator", remark.operator())
          .put("wanted", remark.wanted())
          .put("found", remark.found())
          .put("holds", word(remark.truth()));
    }
    json.set("evidence", result.evidence());
    return json.toString();
  }

  /**
   * The results in the text of a run or of what {@code check run --json} printed, one for each
   * target and check; {@code CMP-0007} with the line of a mistake.
   */
  public static List<CheckResult> read(String text) {
    boolean run = text.startsWith(FIRST);
    List<String> lines = (run ? whole(text) : text).lines().toList();
    if (lines.size() > MAX_LINES) {
      throw mistake("there are more than " + MAX_LINES + " lines", null);
    }
    Map<Subject, CheckResult> results = new LinkedHashMap<>();
    for (int i = run ? 1 : 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          CheckResult result = result(JSON.readTree(lines.get(i)));
          results.put(new Subject(result.target(), result.check()), result);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
          throw mistake("line " + (i + 1) + " is no result", e);
        }
      }
    }
    return List.copyOf(results.values());
  }

  /** The text of a run as far as its last line that has an end. */
  public static String whole(String run) {
    return run.substring(0, run.lastIndexOf('\n') + 1);
  }

  /** What each target and check came to. */
  public static Map<Subject, Outcome> outcomes(Collection<CheckResult> results) {
    Map<Subject, Outcome> outcomes = new TreeMap<>();
    results.forEach(
        result ->
            outcomes.put(
                new Subject(result.target(), result.check()),
                new Outcome(result.result(), result.version(), result.accepted())));
    return outcomes;
  }

  private static CheckResult result(JsonNode line) {
    List<Remark> remarks = new ArrayList<>();
    for (JsonNode remark : line.path("remarks")) {
      JsonNode found = remark.path("found");
      remarks.add(
          new Remark(
              text(remark, "path"),
              text(remark, "operator"),
              text(remark, "wanted"),
              found.isString() ? found.stringValue() : null,
              Truth.valueOf(constant(text(remark, "holds")))));
    }
    Result outcome = Result.valueOf(constant(text(line, "result")));
    return new CheckResult(
        text(line, "check"),
        line.required("version").intValue(),
        text(line, "target"),
        outcome,
        line.path("reason").asString(""),
        waiver(line, outcome),
        remarks,
        line.hasNonNull("evidence") ? line.get("evidence") : null,
        line.path("facts-sha256").asString(""),
        Instant.parse(text(line, "collected-at")),
        Duration.ofMillis(line.path("took-ms").asLong(0)));
  }

  /** What the line says of a waiver; nobody looks for its signatures here. */
  private static @Nullable Waiver waiver(JsonNode line, Result outcome) {
    JsonNode waiver = line.path("waiver");
    if (!waiver.isObject() || outcome != Result.NONCONFORM && outcome != Result.PARTIAL) {
      return null;
    }
    List<String> persons = new ArrayList<>();
    waiver.path("signed-by").forEach(person -> persons.add(person.asString("")));
    return new Waiver(
        text(line, "check"),
        text(line, "target"),
        text(waiver, "reason"),
        LocalDate.parse(text(waiver, "until")),
        persons);
  }

  private static String text(JsonNode node, String key) {
    JsonNode value = node.required(key);
    if (!value.isString()) {
      throw new IllegalArgumentException(key + " is no text");
    }
    return value.stringValue();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static PlatformException mistake(String what, @Nullable Throwable cause) {
    return new PlatformException(ComplianceErrorCode.RESULTS_INVALID, what, cause);
  }
}
