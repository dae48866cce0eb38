// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.yaml.YamlFile;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/**
 * The rules by which categories are proposed, in the order in which they win. A file is a mapping
 * of {@code rules} and {@code about}; see {@code detection-rules.yaml} beside this class.
 *
 * @param about words that say that a column is about a thing and not the thing itself
 */
public record DetectionRules(List<DetectionRule> rules, Set<String> about) {

  private static final String FILE = "detection-rules.yaml";
  private static final int MOST_LEVELS = 10;
  private static final int MOST_CHARACTERS = 1000;

  public DetectionRules {
    rules = List.copyOf(rules);
    about = Set.copyOf(about);
  }

  /** Those of the product. */
  public static DetectionRules builtIn() {
    try (InputStream stream = DetectionRules.class.getResourceAsStream(FILE)) {
      String text = new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
      return read(YamlFile.parse(FILE, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * These behind those of a file of the same form: {@code MSK-0080} where it cannot be read, {@code
   * MSK-0081} to {@code MSK-0084} where it is wrong, with its line.
   */
  public DetectionRules behind(Path file) {
    DetectionRules first = read(YamlFile.parse(file.toString(), YamlFile.text(file)));
    List<DetectionRule> all = new ArrayList<>(first.rules);
    all.addAll(rules);
    Set<String> words = new HashSet<>(first.about);
    words.addAll(about);
    return new DetectionRules(all, words);
  }

  private static DetectionRules read(YamlValue root) {
    YamlMapping document = root.mapping("rules", "about");
    return new DetectionRules(
        document.require("rules").list().stream().map(DetectionRules::rule).toList(),
        new HashSet<>(document.find("about").map(YamlValue::texts).orElse(List.of())));
  }

  private static DetectionRule rule(YamlValue value) {
    YamlMapping rule =
        value.mapping(
            "category",
            "level",
            "names",
            "terms",
            "not",
            "overrides",
            "types",
            "length",
            "check",
            "values");
    return new DetectionRule(
        rule.require("category").text(),
        rule.require("level").number(1, MOST_LEVELS),
        texts(rule, "names").stream().map(ColumnWords::of).toList(),
        texts(rule, "terms"),
        new HashSet<>(texts(rule, "not")),
        new HashSet<>(texts(rule, "overrides")),
        types(rule),
        rule.find("length").map(length -> length.number(1, MOST_CHARACTERS)).orElse(1),
        rule.find("check").map(DetectionRules::checks).orElse(List.of()),
        rule.find("values").map(DetectionRules::pattern).orElse(null));
  }

  private static List<String> texts(YamlMapping rule, String key) {
    return rule.find(key).map(YamlValue::texts).orElse(List.of());
  }

  private static Set<ColumnType.Kind> types(YamlMapping rule) {
    Set<ColumnType.Kind> types = EnumSet.noneOf(ColumnType.Kind.class);
    rule.find("types")
        .ifPresent(
            list -> list.list().forEach(one -> types.add(one.choice(ColumnType.Kind.class))));
    return types;
  }

  private static List<IdentifierKind> checks(YamlValue value) {
    return switch (value.text()) {
      case "resident-id" -> List.of(IdentifierKind.RESIDENT_ID);
      case "credit-code" ->
          List.of(IdentifierKind.UNIFIED_SOCIAL_CREDIT_CODE, IdentifierKind.ORGANISATION_CODE);
      case "organisation-code" -> List.of(IdentifierKind.ORGANISATION_CODE);
      case "bank-card" -> List.of(IdentifierKind.BANK_CARD);
      case "mobile" -> List.of(IdentifierKind.MOBILE_NUMBER);
      default ->
          throw value.mistake(
              MaskingErrorCode.VALUE_INVALID,
              "is one of resident-id, credit-code, organisation-code, bank-card, mobile");
    };
  }

  private static Pattern pattern(YamlValue value) {
    try {
      return Pattern.compile(value.text());
    } catch (PatternSyntaxException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, "is no regular expression");
    }
  }
}
