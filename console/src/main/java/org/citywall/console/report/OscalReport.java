// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.score.Result;
import org.citywall.console.assessment.Assessment;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RemainingRisk;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The report in the shapes of OSCAL 1.1.2: assessment results, and plan of action and milestones.
 * Ids are UUIDs made of what they name, so that the same round has the same ids in both.
 */
final class OscalReport {

  private static final String VERSION = "1.1.2";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final AssessmentReport report;
  private final Assessment round;

  private OscalReport(AssessmentReport report) {
    this.report = report;
    this.round = report.round().assessment();
  }

  static byte[] results(AssessmentReport report) {
    return new OscalReport(report).results();
  }

  static byte[] poam(AssessmentReport report) {
    return new OscalReport(report).poam();
  }

  private byte[] results() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode results = root.putObject("assessment-results");
    results.put("uuid", uuid("results"));
    addMetadata(results, "assessment results");
    results.putObject("import-ap").put("href", "#" + uuid("plan"));
    ObjectNode result = results.putArray("results").addObject();
    result
        .put("uuid", uuid("result"))
        .put("title", round.id().toString())
        .put("description", report.draft() ? "draft: items are not settled" : "all items settled")
        .put("start", round.begunAt().toString())
        .put("end", (round.closedAt() == null ? report.made() : round.closedAt()).toString());
    ArrayNode props = result.putArray("props");
    for (Scored one : report.scores()) {
      String score = one.score().score() == null ? "none" : one.score().score().toPlainString();
      prop(props, "score-" + one.rule().id(), score, one.score().conclusion());
      prop(props, "rule-" + one.rule().id(), one.score().rule(), null);
    }
    report
        .frameworks()
        .forEach(f -> prop(props, "framework-" + f.id(), f.reference(), "sha256 " + f.digest()));
    addReviewed(result);
    addObservations(result);
    addRisks(result);
    addFindings(result.putArray("findings"));
    return bytes(root);
  }

  private byte[] poam() {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode poam = root.putObject("plan-of-action-and-milestones");
    poam.put("uuid", uuid("poam"));
    addMetadata(poam, "plan of action and milestones");
    poam.putObject("system-id").put("id", report.round().system().id().toString());
    addRisks(poam);
    ArrayNode items = poam.putArray("poam-items");
    for (RectificationTask task : report.tasks()) {
      ObjectNode item =
          items
              .addObject()
              .put("uuid", uuid("task " + task.id()))
              .put("title", task.id() + " " + task.key().item())
              .put(
                  "description",
                  text(task.before().isEmpty() ? task.found().name() : task.before()));
      ArrayNode props = item.putArray("props");
      prop(props, "state", JsonReport.word(task.state()), task.after());
      prop(props, "grade", JsonReport.word(task.grade()), null);
      prop(props, "due", task.due().toString(), null);
      prop(props, "control", task.key().control(), null);
      item.put("remarks", text(task.owner()));
    }
    if (items.isEmpty()) {
      items
          .addObject()
          .put("uuid", uuid("no task"))
          .put("title", "nothing to mend")
          .put("description", "no task was opened in this round");
    }
    return bytes(root);
  }

  private void addMetadata(ObjectNode parent, String what) {
    parent
        .putObject("metadata")
        .put("title", report.round().system().name() + " " + round.id() + ": " + what)
        .put("last-modified", report.made().toString())
        .put("version", AssessmentReport.LAYOUT)
        .put("oscal-version", VERSION);
  }

  private void addReviewed(ObjectNode result) {
    ArrayNode selections = result.putObject("reviewed-controls").putArray("control-selections");
    for (Catalogue framework : report.frameworks()) {
      ArrayNode controls =
          selections
              .addObject()
              .put("description", framework.reference())
              .putArray("include-controls");
      framework.items().forEach(item -> controls.addObject().put("control-id", token(item.id())));
    }
  }

  /** One observation for each piece of evidence. */
  private void addObservations(ObjectNode result) {
    ArrayNode observations = JSON.createArrayNode();
    for (ItemResult item : report.round().results()) {
      List<Evidence> all = report.round().evidence(item.key());
      for (int i = 0; i < all.size(); i++) {
        Evidence evidence = all.get(i);
        ObjectNode node =
            observations
                .addObject()
                .put("uuid", uuid("evidence " + item.key() + " " + i))
                .put("title", text(evidence.name()))
                .put("description", evidence.from() + ".." + evidence.to());
        ArrayNode props = node.putArray("props");
        if (evidence.leaf() != null) {
          prop(props, "log-leaf", evidence.leaf().toString(), null);
        }
        if (evidence.sha256() != null) {
          prop(props, "sha256", evidence.sha256(), null);
        }
        node.putArray("methods").add(item.origin() == ItemResult.Origin.CHECK ? "TEST" : "EXAMINE");
        node.put("collected", String.valueOf(evidence.recordedAt()));
      }
    }
    if (!observations.isEmpty()) {
      result.set("observations", observations);
    }
  }

  private void addRisks(ObjectNode parent) {
    ArrayNode risks = JSON.createArrayNode();
    for (RemainingRisk risk : report.risks()) {
      ObjectNode node =
          risks
              .addObject()
              .put("uuid", uuid("risk " + risk.position()))
              .put("title", risk.item())
              .put("description", text(risk.note()))
              .put("statement", JsonReport.word(risk.grade()) + (risk.major() ? " major" : ""));
      node.put("status", risk.mended() ? "closed" : "open");
    }
    if (!risks.isEmpty()) {
      parent.set("risks", risks);
    }
  }

  private void addFindings(ArrayNode findings) {
    for (Catalogue framework : report.frameworks()) {
      for (Item item : framework.items()) {
        for (ItemResult result : report.round().results(framework.id(), item.id())) {
          add(findings.addObject(), item, result);
        }
      }
    }
  }

  private void add(ObjectNode finding, Item item, ItemResult result) {
    Result outcome = result.outcome(report.today());
    finding
        .put("uuid", uuid("finding " + result.key()))
        .put("title", (item.id() + " " + result.key().object()).strip())
        .put("description", text(item.text().zh()));
    ArrayNode props = finding.putArray("props");
    prop(props, "outcome", JsonReport.word(outcome), null);
    prop(props, "origin", JsonReport.word(result.origin()), null);
    finding
        .putObject("target")
        .put("type", "objective-id")
        .put("target-id", token(item.id()))
        .putObject("status")
        .put("state", outcome == Result.CONFORM ? "satisfied" : "not-satisfied")
        .put("reason", reason(outcome));
    List<Evidence> evidence = report.round().evidence(result.key());
    if (!evidence.isEmpty()) {
      ArrayNode related = finding.putArray("related-observations");
      for (int i = 0; i < evidence.size(); i++) {
        related.addObject().put("observation-uuid", uuid("evidence " + result.key() + " " + i));
      }
    }
    if (!result.comment().isBlank()) {
      finding.put("remarks", result.comment());
    }
  }

  private static String reason(Result outcome) {
    return switch (outcome) {
      case CONFORM -> "pass";
      case PARTIAL, NONCONFORM -> "fail";
      case NOT_APPLICABLE, UNTESTED, ERROR, EVIDENCE_EXPIRED -> "other";
    };
  }

  private static void prop(ArrayNode props, String name, String value, @Nullable String more) {
    ObjectNode prop = props.addObject().put("name", name).put("value", value);
    prop.put("ns", "https://citywall.example/ns/oscal");
    if (more != null && !more.isBlank()) {
      prop.put("remarks", more);
    }
  }

  /** An OSCAL token: does not begin with a digit. */
  private static String token(String id) {
    return Character.isDigit(id.charAt(0)) ? "c" + id : id;
  }

  private static String text(String text) {
    return text.isBlank() ? "-" : text;
  }

  /** Version 5 in form; what it names makes it. */
  private String uuid(String what) {
    byte[] hash = Hash.sha256((round.id() + " " + what).getBytes(StandardCharsets.UTF_8)).bytes();
    long high = 0;
    long low = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      high = high << 8 | hash[i] & 0xff;
      low = low << 8 | hash[i + Long.BYTES] & 0xff;
    }
    return new UUID(high & ~0xF000L | 0x5000L, low & ~(3L << 62) | 1L << 63).toString();
  }

  private static byte[] bytes(ObjectNode root) {
    return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
