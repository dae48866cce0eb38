// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.score.Scoring;
import org.citywall.console.assessment.Acts;
import org.citywall.console.assessment.Applicability;
import org.citywall.console.assessment.Assessment;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RemainingRisk;
import org.citywall.console.assessment.ScoreSheet.Scored;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report with everything in it; {@code docs/reference/report} has its schema. */
final class JsonReport {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonReport() {}

  static byte[] bytes(AssessmentReport report) {
    return (JSON.writeValueAsString(tree(report)) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode tree(AssessmentReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("report", AssessmentReport.LAYOUT)
        .put("kind", report.kind().word())
        .put("draft", report.draft())
        .put("made", report.made().toString())
        .put("log-entries", report.asOf())
        .put("log-key", report.logKey());
    addHead(json, report);
    addScores(json.putArray("scores"), report);
    addItems(json.putArray("items"), report);
    report.risks().forEach(risk -> add(json.withArray("risks"), risk));
    report.tasks().forEach(task -> add(json.withArray("tasks"), task));
    report.acts().forEach(act -> add(json.withArray("acts"), act));
    ArrayNode proofs = json.putArray("proofs");
    report.proofs().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            proof ->
                proofs.addObject().put("leaf", proof.getKey()).put("tlog-proof", proof.getValue()));
    return json;
  }

  private static void addHead(ObjectNode json, AssessmentReport report) {
    Assessment round = report.round().assessment();
    GradedSystem system = report.round().system();
    json.putObject("system")
        .put("id", system.id().toString())
        .put("name", system.name())
        .put("owner", system.owner())
        .put("grading", system.grading().code())
        .put("core", system.core())
        .put("certificate", system.filing() == null ? null : system.filing().certificate());
    json.putObject("assessment")
        .put("id", round.id().toString())
        .put("round", round.round())
        .put("cover", round.cover().toString())
        .put("begun-by", round.begunBy())
        .put("closed-at", round.closedAt() == null ? null : round.closedAt().toString())
        .put("closed-by", round.closedBy());
    ArrayNode frameworks = json.putArray("frameworks");
    for (Catalogue framework : report.frameworks()) {
      ObjectNode node =
          frameworks
              .addObject()
              .put("reference", framework.reference())
              .put("title", framework.title().zh())
              .put("sha256", framework.digest());
      ArrayNode unconfirmed = node.putArray("to-be-confirmed");
      framework.unconfirmed().stream().map(JsonReport::word).sorted().forEach(unconfirmed::add);
    }
  }

  private static void addScores(ArrayNode scores, AssessmentReport report) {
    for (Scored one : report.scores()) {
      ObjectNode node = scores.addObject().put("rule", one.rule().id());
      node.set("score", JSON.readTree(Scoring.toJson(one.score())));
      node.set("input", JSON.readTree(one.input()));
    }
  }

  private static void addItems(ArrayNode items, AssessmentReport report) {
    for (Catalogue framework : report.frameworks()) {
      for (Item item : framework.items()) {
        for (ItemResult result : report.round().results(framework.id(), item.id())) {
          add(items.addObject(), report, item, result);
        }
      }
    }
  }

  private static void add(ObjectNode node, AssessmentReport report, Item item, ItemResult result) {
    node.put("framework", result.key().framework())
        .put("item", item.id())
        .put("object", result.key().object())
        .put("text", item.text().zh())
        .put("outcome", word(result.outcome(report.today())))
        .put("origin", word(result.origin()))
        .put("assessor", result.assessor())
        .put("reviewer", result.reviewer())
        .put("comment", result.comment())
        .put("decided-at", result.decidedAt() == null ? null : result.decidedAt().toString());
    if (result.value() != null) {
      node.put("value", result.value());
    }
    if (result.crypto() != null) {
      node.set("crypto", JSON.valueToTree(result.crypto()));
    }
    Applicability why = result.applicability();
    if (why != null) {
      node.putObject("not-applicable")
          .put("reason", why.reason())
          .put("approver", why.approver())
          .put("until", why.until().toString());
    }
    ArrayNode evidence = node.putArray("evidence");
    report.round().evidence(result.key()).forEach(one -> add(evidence.addObject(), one));
  }

  private static void add(ObjectNode node, Evidence evidence) {
    node.put("name", evidence.name())
        .put("leaf", evidence.leaf())
        .put("sha256", evidence.sha256())
        .put("about-from", evidence.from().toString())
        .put("about-to", evidence.to().toString())
        .put("recorded-at", String.valueOf(evidence.recordedAt()))
        .put("recorded-by", evidence.recordedBy());
  }

  private static void add(ArrayNode risks, RemainingRisk risk) {
    risks
        .addObject()
        .put("item", risk.item())
        .put("grade", word(risk.grade()))
        .put("major", risk.major())
        .put("mended", risk.mended())
        .put("note", risk.note());
  }

  private static void add(ArrayNode tasks, RectificationTask task) {
    tasks
        .addObject()
        .put("id", task.id().toString())
        .put("item", task.key().control())
        .put("object", task.key().object())
        .put("grade", word(task.grade()))
        .put("state", word(task.state()))
        .put("owner", task.owner())
        .put("due", task.due().toString())
        .put("found", word(task.found()))
        .put("before", task.before())
        .put("after", task.after());
  }

  private static void add(ArrayNode acts, Acts.Done act) {
    ObjectNode node =
        acts.addObject()
            .put("at", act.at().toString())
            .put("actor", act.actor())
            .put("action", act.action())
            .put("note", act.note());
    act.leaf().ifPresent(leaf -> node.put("leaf", leaf));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
