// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Wording;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.compliance.score.RuleName;
import org.citywall.compliance.score.Score;
import org.citywall.compliance.score.Scoring;
import org.citywall.console.scorecard.IndexBoard.State;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A period as JSON, from which {@code citywall score index} comes to the same figure. */
final class IndexJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final Catalogue index;
  private final IndexPeriod period;
  private final Map<String, IndexValue> values;

  IndexJson(Catalogue index, IndexPeriod period, List<IndexValue> values) {
    this.index = index;
    this.period = period;
    this.values =
        values.stream().collect(Collectors.toMap(IndexValue::indicator, Function.identity()));
  }

  Score score() {
    return Scoring.builtIn(RuleName.INDEX).score(input().toString());
  }

  private ObjectNode input() {
    ObjectNode json = JSON.createObjectNode().put("period", period.id());
    ArrayNode dimensions = json.putArray("dimensions");
    for (Group group : index.groups()) {
      ArrayNode indicators = dimensions.addObject().put("id", group.id()).putArray("indicators");
      group.items().forEach(item -> add(indicators, item));
    }
    return json;
  }

  private void add(ArrayNode indicators, Item item) {
    ObjectNode node = indicators.addObject().put("id", item.id()).put("name", item.text().zh());
    node.put("weight", item.weight());
    IndexValue value = values.get(item.id());
    if (value != null && value.reached() != null) {
      node.put("value", value.reached());
    } else {
      node.put("result", value != null && !value.applicable() ? "not-applicable" : "untested");
    }
  }

  /** Who prepared and signed it, and when; null what nobody did. */
  record Signatures(
      @Nullable String preparedBy,
      @Nullable String preparedAt,
      @Nullable String signedBy,
      @Nullable String signedAt) {}

  String report(String feeds, State state, Signatures by) {
    ObjectNode json = JSON.createObjectNode();
    json.put("report", "index-report/1")
        .put("kind", "index")
        .put("draft", state != State.FROZEN)
        .put("period", period.id())
        .put("from", period.from().toString())
        .put("to", period.to().toString())
        .put("framework", index.reference())
        .put("framework-sha256", index.digest())
        .put("feeds", feeds)
        .put("prepared-by", by.preparedBy())
        .put("prepared-at", by.preparedAt())
        .put("signed-by", by.signedBy())
        .put("signed-at", by.signedAt());
    ObjectNode score = json.putArray("scores").addObject().put("rule", RuleName.INDEX.id());
    score.set("score", JSON.readTree(Scoring.toJson(score())));
    score.set("input", input());
    ArrayNode all = json.putArray("values");
    for (Item item : index.items()) {
      IndexValue value = values.get(item.id());
      if (value != null) {
        add(all.addObject(), value);
      }
    }
    return JSON.writeValueAsString(json) + "\n";
  }

  /** The values of a report as they were signed. */
  static List<IndexValue> values(String report) {
    List<IndexValue> values = new ArrayList<>();
    for (JsonNode one : JSON.readTree(report).path("values")) {
      List<Long> leaves = new ArrayList<>();
      one.path("leaves").forEach(leaf -> leaves.add(leaf.asLong()));
      values.add(
          new IndexValue(
              one.path("indicator").asString(),
              IndexValue.Origin.valueOf(one.path("origin").asString().toUpperCase(Locale.ROOT)),
              one.path("applicable").asBoolean(),
              one.path("value").isNull() ? null : one.path("value").decimalValue(),
              new Wording(
                  one.path("explanation-zh").asString(), one.path("explanation-en").asString()),
              one.path("query").asString(),
              leaves,
              text(one.path("evidence")),
              text(one.path("sha256")),
              LocalDate.parse(one.path("about-from").asString()),
              LocalDate.parse(one.path("about-to").asString()),
              Instant.parse(one.path("recorded-at").asString()),
              one.path("recorded-by").asString()));
    }
    return values;
  }

  /** The score of a report as it was signed. */
  static Score score(String report) {
    return JSON.treeToValue(JSON.readTree(report).at("/scores/0/score"), Score.class);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isNull() ? null : node.asString();
  }

  private static void add(ObjectNode node, IndexValue value) {
    node.put("indicator", value.indicator())
        .put("origin", value.origin().name().toLowerCase(Locale.ROOT))
        .put("applicable", value.applicable())
        .put("value", value.reached())
        .put("explanation-zh", value.explanation().zh())
        .put("explanation-en", value.explanation().en())
        .put("query", value.query())
        .put("evidence", value.evidence())
        .put("sha256", value.sha256())
        .put("about-from", value.from().toString())
        .put("about-to", value.to().toString())
        .put("recorded-at", value.recordedAt().toString())
        .put("recorded-by", value.recordedBy());
    ArrayNode leaves = node.putArray("leaves");
    value.leaves().forEach(leaves::add);
  }
}
