// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citywall.audit.log.Hash;
import org.citywall.correlation.sigma.CorrelationEvent.Use;
import org.jspecify.annotations.Nullable;

/** How a correlation reads the events that matched one of the rules it builds on. */
final class CorrelationInput {

  private static final int DIGITS = 24;
  private static final char BETWEEN = '\u0000';
  private static final char NEXT_VALUE = '\u0001';
  private static final String ABSENT = "\u0002";

  private final SigmaCorrelation correlation;
  private final int number;
  private final String digest;

  /** By position of the rule: the field behind each name of {@code group-by}. */
  private final Map<Integer, List<String>> groupFields = new HashMap<>();

  /**
   * @param digest see {@link #digest()}
   */
  CorrelationInput(SigmaCorrelation correlation, int number, String digest) {
    this.correlation = correlation;
    this.number = number;
    this.digest = digest;
    for (int rule = 0; rule < correlation.rules().size(); rule++) {
      String reference = correlation.rules().get(rule);
      groupFields.put(
          rule, correlation.groupBy().stream().map(name -> field(name, reference)).toList());
    }
  }

  /** Tells whether two correlations count alike, given the digests of what they build on. */
  static String digest(SigmaCorrelation correlation, List<String> below) {
    Map<String, Map<String, String>> aliases = new TreeMap<>();
    correlation.aliases().forEach((alias, names) -> aliases.put(alias, new TreeMap<>(names)));
    return digits(
        correlation.id()
            + correlation.type()
            + correlation.rules()
            + correlation.groupBy()
            + correlation.timespan()
            + correlation.limits()
            + correlation.fields()
            + correlation.percentile()
            + aliases
            + below);
  }

  private String field(String name, String rule) {
    return correlation.aliases().getOrDefault(name, Map.of()).getOrDefault(rule, name);
  }

  SigmaCorrelation correlation() {
    return correlation;
  }

  int number() {
    return number;
  }

  /** The same in every process as long as the correlation and what it builds on are the same. */
  String digest() {
    return digest;
  }

  /** The event as one that matched the rule at this position, or null where it lacks a value. */
  @Nullable Use use(SigmaEvent event, int rule, boolean matched) {
    String value = value(event, rule);
    if (value == null) {
      return null;
    }
    List<String> fields = groupFields.getOrDefault(rule, List.of());
    if (fields.isEmpty()) {
      return new Use(number, rule, "", value, matched, List.of());
    }
    StringBuilder key = new StringBuilder();
    List<String> group = new ArrayList<>(fields.size());
    for (String field : fields) {
      append(key.append(BETWEEN), event, field);
      group.add(String.join(" ", event.texts(field)));
    }
    return new Use(number, rule, digits(key.toString()), value, matched, group);
  }

  /** What is counted or calculated with; null where the event does not have it. */
  private @Nullable String value(SigmaEvent event, int rule) {
    String reference = correlation.rules().get(rule);
    List<String> fields =
        correlation.fields().stream().map(name -> field(name, reference)).toList();
    if (fields.stream().anyMatch(field -> event.texts(field).isEmpty())) {
      return null;
    }
    return switch (correlation.type()) {
      case EVENT_COUNT, TEMPORAL, TEMPORAL_ORDERED -> "";
      case VALUE_SUM, VALUE_AVG -> number(event, fields.getFirst());
      case VALUE_PERCENTILE ->
          correlation.percentile() < 0 ? text(event, fields) : number(event, fields.getFirst());
      case VALUE_COUNT -> text(event, fields);
    };
  }

  private static @Nullable String number(SigmaEvent event, String field) {
    List<String> texts = event.texts(field);
    double number = texts.size() == 1 ? Numbers.parse(texts.getFirst()) : Double.NaN;
    return Double.isFinite(number) ? Double.toString(number) : null;
  }

  private static String text(SigmaEvent event, List<String> fields) {
    return digits(
        fields.stream()
            .map(
                field -> {
                  StringBuilder text = new StringBuilder();
                  append(text, event, field);
                  return text;
                })
            .collect(Collectors.joining(String.valueOf(BETWEEN))));
  }

  private static void append(StringBuilder text, SigmaEvent event, String field) {
    List<String> values = event.texts(field);
    if (values.isEmpty()) {
      text.append(ABSENT);
    }
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : NEXT_VALUE).append(values.get(i));
    }
  }

  /** A text by its digest: it is only compared, must not fill memory, and must not be kept. */
  private static String digits(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
