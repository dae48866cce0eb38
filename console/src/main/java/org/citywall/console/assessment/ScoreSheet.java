// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Side;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RuleName;
import org.citywall.compliance.score.Score;
import org.citywall.compliance.score.Scoring;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a round comes to under each rule that reads its frameworks. */
public final class ScoreSheet {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final RoundView round;
  private final LocalDate today;

  ScoreSheet(RoundView round, LocalDate today) {
    this.round = round;
    this.today = today;
  }

  /**
   * A score with what it was computed from.
   *
   * @param input the assessment as {@code citywall score} reads it, which comes to the same score
   * @param unconfirmedZh what the score says is to be confirmed, in Chinese
   */
  public record Scored(RuleName rule, String input, Score score, List<String> unconfirmedZh) {

    /** What of the rule is to be confirmed, in the reader's language. */
    public List<String> unconfirmed(boolean zh) {
      return zh ? unconfirmedZh : score.toBeConfirmed();
    }
  }

  /**
   * Fails with {@code CON-0083} where a rule could not score a round with these frameworks, which
   * would show on every page of it.
   */
  public static void requireScorable(List<Catalogue> frameworks, LocalDate today) {
    Harm none = new Harm(Harmed.values()[0], Damage.values()[0]);
    GradedSystem system =
        new GradedSystem(
            new SystemId(1), 1, "-", "-", false, null, new Grading(none, none, today), null, null);
    Assessment assessment =
        new Assessment(
            new AssessmentId(1),
            system.id(),
            1,
            today,
            new BigDecimal("0.5"),
            frameworks.stream().map(Catalogue::reference).toList(),
            Instant.EPOCH,
            "-",
            null,
            null,
            null);
    List<ItemResult> untested =
        frameworks.stream()
            .flatMap(f -> f.items().stream().map(i -> new ItemKey(f.id(), i.id(), ItemKey.WHOLE)))
            .map(key -> ItemRow.untested(key, ItemResult.Origin.NOBODY))
            .toList();
    RoundView view =
        new RoundView(assessment, system, frameworks, untested, Map.of(), List.of(), Map.of());
    try {
      new ScoreSheet(view, today).all();
    } catch (PlatformException e) {
      throw new PlatformException(
          ConsoleErrorCode.FRAMEWORK_UNSCORABLE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Scores in the order of the rules; none for families that the round has no framework of. */
  public List<Scored> all() {
    List<Scored> all = new ArrayList<>();
    for (Family family : Family.values()) {
      List<Catalogue> read = round.frameworks().stream().filter(f -> f.family() == family).toList();
      if (!read.isEmpty()) {
        String input =
            switch (family) {
              case DJBH -> djbh(read);
              case MIPING -> miping(read);
              case INDEX -> index(read);
              case PLAIN -> "";
            };
        for (RuleName rule : rules(family)) {
          Scoring scoring = Scoring.builtIn(rule);
          Score score = scoring.score(input);
          all.add(new Scored(rule, input, score, scoring.toBeConfirmedZh(score)));
        }
      }
    }
    return all;
  }

  private static List<RuleName> rules(Family family) {
    return switch (family) {
      case DJBH -> List.of(RuleName.DJBH_2021, RuleName.DJBH_2025);
      case MIPING -> List.of(RuleName.MIPING_2023, RuleName.MIPING_2021);
      case INDEX -> List.of(RuleName.INDEX);
      case PLAIN -> List.of();
    };
  }

  private String djbh(List<Catalogue> read) {
    ObjectNode json = head(read);
    json.put("attention", round.assessment().attention());
    ArrayNode items = json.putArray("items");
    for (Catalogue framework : read) {
      for (Group group : framework.groups()) {
        for (Control control : group.controls()) {
          control.items().forEach(item -> addItem(items, framework, group, control, item));
        }
      }
    }
    addRisks(json, read);
    long found = round.risks().stream().filter(RemainingRisk::major).count();
    long mended = round.risks().stream().filter(r -> r.major() && r.mended()).count();
    json.putObject("majorHazards").put("found", found).put("rectified", mended);
    return json.toString();
  }

  private void addItem(
      ArrayNode items, Catalogue framework, Group group, Control control, Item item) {
    List<ItemResult> results = own(framework, item);
    if (results.isEmpty() || item.importance() == null || group.side() == null) {
      return;
    }
    ObjectNode node =
        items
            .addObject()
            .put("id", item.id())
            .put("side", word(group.side()))
            .put("weight", word(item.importance()))
            .put("controlPoint", control.title().zh());
    ArrayNode outcomes = node.putArray("results");
    results.forEach(result -> outcomes.add(word(result.outcome(today))));
  }

  private String miping(List<Catalogue> read) {
    ObjectNode json = head(read);
    ArrayNode units = json.putArray("units");
    for (Catalogue framework : read) {
      for (Group group : framework.groups()) {
        group
            .items()
            .forEach(
                item -> {
                  ObjectNode unit =
                      units.addObject().put("clause", item.id()).put("name", item.text().zh());
                  boolean technical = group.side() == Side.TECHNICAL;
                  ArrayNode each = unit.putArray(technical ? "objects" : "results");
                  for (ItemResult result : own(framework, item)) {
                    if (technical) {
                      addObject(each, result);
                    } else {
                      each.add(word(result.outcome(today)));
                    }
                  }
                });
      }
    }
    addRisks(json, read);
    return json.toString();
  }

  private void addObject(ArrayNode objects, ItemResult result) {
    ObjectNode node = objects.addObject();
    node.put("name", result.key().object());
    Result outcome = result.outcome(today);
    Crypto crypto = result.crypto();
    if (outcome == Result.NOT_APPLICABLE || ItemResult.unsettled(outcome)) {
      node.put("result", word(outcome));
    } else if (crypto != null) {
      node.put("D", crypto.effective())
          .put("A", crypto.compliant())
          .put("K", crypto.keysManaged())
          .put("moduleLevel", crypto.moduleLevel());
      if (crypto.strength() != null) {
        node.put("strength", crypto.strength());
      }
    } else {
      switch (outcome) {
        case CONFORM -> node.put("D", true).put("A", true).put("K", true);
        case NONCONFORM -> node.put("D", false);
        // Which of A and K fails decides the points, so it is not scored before somebody says it.
        case PARTIAL, NOT_APPLICABLE, UNTESTED, ERROR, EVIDENCE_EXPIRED ->
            node.put("result", word(Result.UNTESTED));
      }
    }
  }

  private String index(List<Catalogue> read) {
    ObjectNode json = JSON.createObjectNode();
    json.put("unit", round.system().name()).put("period", round.assessment().cover().toString());
    ArrayNode dimensions = json.putArray("dimensions");
    for (Catalogue framework : read) {
      for (Group group : framework.groups()) {
        ArrayNode indicators = dimensions.addObject().put("id", group.id()).putArray("indicators");
        group.items().forEach(item -> addIndicator(indicators, framework, item));
      }
    }
    return json.toString();
  }

  private void addIndicator(ArrayNode indicators, Catalogue framework, Item item) {
    for (ItemResult result : own(framework, item)) {
      ObjectNode node =
          indicators
              .addObject()
              .put("id", item.id())
              .put("name", item.text().zh())
              .put("weight", item.weight());
      Result outcome = result.outcome(today);
      if (outcome == Result.NOT_APPLICABLE || ItemResult.unsettled(outcome)) {
        node.put("result", word(outcome));
      } else if (result.value() != null) {
        node.put("value", result.value());
      } else {
        node.put("value", outcome == Result.CONFORM ? 100 : outcome == Result.PARTIAL ? 50 : 0);
      }
    }
  }

  private ObjectNode head(List<Catalogue> read) {
    ObjectNode json = JSON.createObjectNode();
    json.put("system", round.system().name());
    json.put("level", read.getFirst().level());
    return json;
  }

  private void addRisks(ObjectNode json, List<Catalogue> read) {
    ArrayNode risks = json.putArray("risks");
    for (RemainingRisk risk : round.risks()) {
      boolean own = read.stream().anyMatch(f -> risk.item().startsWith(f.id() + "/"));
      if (own && !risk.mended()) {
        risks
            .addObject()
            .put("item", risk.item().substring(risk.item().indexOf('/') + 1))
            .put("grade", word(risk.grade()))
            .put("note", risk.note());
      }
    }
  }

  /** Results that are the system's own: the platform's conclusions count in its assessment. */
  private List<ItemResult> own(Catalogue framework, Item item) {
    return round.results(framework.id(), item.id()).stream()
        .filter(result -> result.origin() != ItemResult.Origin.PLATFORM)
        .toList();
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
