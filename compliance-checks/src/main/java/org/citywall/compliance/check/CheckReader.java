// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.collect.Collector;
import org.citywall.compliance.collect.Collectors;
import org.citywall.compliance.score.Result;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads files of checks; {@code CMP-0003} with the place of the first mistake. */
final class CheckReader {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Pattern ID = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");
  private static final Pattern ITEM = Pattern.compile("L3-[A-Z]{3}1-[0-9]{2}");
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "version",
          "title",
          "items",
          "severity",
          "source",
          "remediation",
          "applies",
          "when",
          "collect",
          "assert",
          "partly",
          "keep",
          "fixtures");

  private CheckReader() {}

  /** The checks of a text. */
  static List<Check> read(String file, String yaml) {
    JsonNode root = tree(file, yaml);
    Place top = new Place(file);
    top.require(root.isObject(), "is no mapping");
    top.only(root, Set.of("checks"));
    JsonNode list = root.get("checks");
    if (list == null || !list.isArray() || list.isEmpty()) {
      throw top.at("checks").mistake("is no list of checks");
    }
    List<Check> checks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode node : list) {
      Check check = check(node, top.at("checks[" + checks.size() + "]"));
      top.require(ids.add(check.id()), check.id() + " is there twice");
      checks.add(check);
    }
    return checks;
  }

  private static JsonNode tree(String file, String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new PlatformException(
          ComplianceErrorCode.CHECK_INVALID,
          file + " line " + line + ": " + e.getOriginalMessage(),
          e);
    }
  }

  private static Check check(JsonNode node, Place listed) {
    String id = listed.text(node, "id");
    listed.require(ID.matcher(id).matches(), id + " is no id such as linux.sshd.root-login");
    Place place = new Place(listed.text() + " " + id);
    place.only(node, KEYS);
    Check.CheckText text =
        new Check.CheckText(
            id,
            version(node, place),
            both(node, "title", place),
            both(node, "remediation", place),
            place.text(node, "source"),
            choice(Severity.class, place.text(node, "severity"), place.at("severity")),
            items(node, place),
            keep(node, place),
            String.valueOf(node.get("collect")));
    Collector collector = collector(node, place);
    JsonNode assertion = place.mapping(node.get("assert"), "assert");
    Check.Conditions conditions =
        new Check.Conditions(
            condition(node, "applies", place),
            condition(node, "when", place),
            ConditionReader.read(assertion, place.at("assert")),
            condition(node, "partly", place));
    return new Check(text, collector, conditions, fixtures(node, place));
  }

  private static int version(JsonNode node, Place place) {
    JsonNode version = node.get("version");
    place
        .at("version")
        .require(version != null && version.isInt() && version.intValue() > 0, "is from 1 on");
    return version == null ? 0 : version.intValue();
  }

  private static Text both(JsonNode node, String key, Place place) {
    JsonNode value = place.mapping(node.get(key), key);
    place.at(key).only(value, Set.of("zh", "en"));
    return new Text(place.at(key).text(value, "zh"), place.at(key).text(value, "en"));
  }

  private static List<String> items(JsonNode node, Place place) {
    List<String> items = texts(node, "items", place);
    place.at("items").require(!items.isEmpty(), "it serves no item");
    items.forEach(
        item ->
            place
                .at("items")
                .require(ITEM.matcher(item).matches(), item + " is no item such as L3-CES1-01"));
    return items;
  }

  private static List<FactPath> keep(JsonNode node, Place place) {
    return texts(node, "keep", place).stream().map(FactPath::of).toList();
  }

  private static List<String> texts(JsonNode node, String key, Place place) {
    List<String> texts = new ArrayList<>();
    JsonNode list = node.get(key);
    if (list != null) {
      place.at(key).require(list.isArray(), "is no list");
      for (JsonNode one : list) {
        place.at(key).require(one.isString(), "is no list of texts");
        texts.add(one.stringValue());
      }
    }
    return texts;
  }

  private static Collector collector(JsonNode node, Place place) {
    JsonNode collect = place.mapping(node.get("collect"), "collect");
    place.at("collect").require(collect.size() == 1, "names one collector");
    String name = collect.propertyNames().iterator().next();
    try {
      return Collectors.of(name, collect.get(name));
    } catch (IllegalArgumentException e) {
      throw place.at("collect").at(name).mistake(String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Condition condition(JsonNode node, String key, Place place) {
    return node.has(key) ? ConditionReader.read(node.get(key), place.at(key)) : null;
  }

  private static List<Fixture> fixtures(JsonNode node, Place place) {
    List<Fixture> fixtures = new ArrayList<>();
    JsonNode list = node.get("fixtures");
    if (list != null) {
      for (JsonNode one : list) {
        Place at = place.at("fixtures[" + fixtures.size() + "]");
        at.only(one, Set.of("name", "target", "facts", "expect"));
        fixtures.add(
            new Fixture(
                at.text(one, "name"),
                orEmpty(one.get("target")),
                orEmpty(one.get("facts")),
                choice(Result.class, at.text(one, "expect"), at.at("expect"))));
      }
    }
    return fixtures;
  }

  private static JsonNode orEmpty(@Nullable JsonNode node) {
    return node == null ? JsonNodeFactory.instance.objectNode() : node;
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String word, Place place) {
    for (E one : type.getEnumConstants()) {
      if (one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
        return one;
      }
    }
    throw place.mistake(word + " is none of the words for it");
  }
}
