// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.correlation.sigma.SigmaCorrelation.Limit;
import org.citywall.correlation.sigma.SigmaCorrelation.Type;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/** Reads a correlation. */
final class CorrelationReader {

  private static final Pattern TIMESPAN = Pattern.compile("([1-9][0-9]{0,6})([smhdw])");

  private CorrelationReader() {}

  static SigmaCorrelation read(Mapping document, String file) {
    String title = DocumentReader.title(document);
    Mapping correlation = document.mapping("correlation");
    Type type = type(correlation);
    List<String> rules = correlation.texts("rules");
    if (rules.isEmpty()) {
      throw RuleMistake.invalid(correlation.line(), "rules: name at least one rule");
    }
    Mapping condition = condition(correlation, type);
    List<String> fields = condition == null ? List.of() : condition.texts("field");
    if (fields.isEmpty() == type.needsField()) {
      throw RuleMistake.invalid(
          correlation.lineOf("condition"),
          type.needsField() ? "condition: name the field" : "condition: no field is counted");
    }
    return new SigmaCorrelation(
        DocumentReader.id(document, title),
        document.text("name"),
        title,
        DocumentReader.level(document),
        document.texts("tags"),
        type,
        rules,
        correlation.texts("group-by"),
        timespan(correlation),
        condition == null ? List.of(new Limit(Ordering.GTE, rules.size())) : limits(condition),
        fields,
        condition == null ? -1 : percentile(condition, type),
        aliases(correlation),
        generates(document, correlation),
        new Place(file, document.line()));
  }

  private static Type type(Mapping correlation) {
    correlation.required("type");
    String name = correlation.text("type");
    for (Type type : Type.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
        return type;
      }
    }
    throw RuleMistake.unsupported(correlation.lineOf("type"), "correlations of type " + name);
  }

  private static @Nullable Mapping condition(Mapping correlation, Type type) {
    if (type.isTemporal() && !correlation.has("condition")) {
      return null;
    }
    YamlNode node = correlation.required("condition");
    if (type.isTemporal() && node instanceof YamlNode.Scalar scalar) {
      throw RuleMistake.unsupported(scalar.line(), "a condition over the names of rules");
    }
    return correlation.mapping("condition");
  }

  private static List<Limit> limits(Mapping condition) {
    List<Limit> limits = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : condition.each()) {
      if (entry.getKey().equals("field") || entry.getKey().equals("percentile")) {
        continue;
      }
      limits.add(new Limit(ordering(entry), number(condition, entry.getKey())));
    }
    if (limits.isEmpty()) {
      throw RuleMistake.invalid(condition.line(), "condition: compare with a number");
    }
    return limits;
  }

  private static Ordering ordering(Map.Entry<String, YamlNode> entry) {
    for (Ordering ordering : Ordering.values()) {
      if (ordering.name().toLowerCase(Locale.ROOT).equals(entry.getKey())) {
        return ordering;
      }
    }
    throw RuleMistake.invalid(entry.getValue().line(), "condition: what is " + entry.getKey());
  }

  private static double number(Mapping condition, String key) {
    double number = Numbers.parse(condition.text(key));
    if (Double.isNaN(number)) {
      throw RuleMistake.invalid(condition.lineOf(key), key + " must be a number");
    }
    return number;
  }

  private static double percentile(Mapping condition, Type type) {
    if (!condition.has("percentile")) {
      return -1;
    }
    double percentile = number(condition, "percentile");
    if (type != Type.VALUE_PERCENTILE || percentile < 0 || percentile > 100) {
      throw RuleMistake.invalid(condition.lineOf("percentile"), "percentile does not fit");
    }
    return percentile;
  }

  private static Duration timespan(Mapping correlation) {
    correlation.required("timespan");
    Matcher matcher = TIMESPAN.matcher(correlation.text("timespan"));
    if (!matcher.matches()) {
      throw RuleMistake.invalid(
          correlation.lineOf("timespan"), "timespan: a number and one of s, m, h, d, w");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "d" -> Duration.ofDays(count);
      default -> Duration.ofDays(7 * count);
    };
  }

  private static Map<String, Map<String, String>> aliases(Mapping correlation) {
    Map<String, Map<String, String>> aliases = new LinkedHashMap<>();
    if (correlation.has("aliases")) {
      Mapping all = correlation.mapping("aliases");
      for (Map.Entry<String, YamlNode> entry : all.each()) {
        Mapping alias = all.mapping(entry.getKey());
        Map<String, String> byRule = new LinkedHashMap<>();
        alias.each().forEach(e -> byRule.put(e.getKey(), alias.text(e.getKey())));
        aliases.put(entry.getKey(), byRule);
      }
    }
    return aliases;
  }

  private static boolean generates(Mapping document, Mapping correlation) {
    return Boolean.parseBoolean(document.text("generate"))
        || Boolean.parseBoolean(correlation.text("generate"));
  }
}
