// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.log.Hash;

/** How a correlation reads the events that matched one of the rules it builds on. */
final class CorrelationInput {

  private static final int LONGEST = 200;
  private static final char BETWEEN = '\u0000';
  private static final char NEXT_VALUE = '\u0001';
  private static final String ABSENT = "\u0002";

  private final SigmaCorrelation correlation;
  private final int number;

  /** By position of the rule: the field behind each name of {@code group-by}. */
  private final Map<Integer, List<String>> groupFields = new HashMap<>();

  CorrelationInput(SigmaCorrelation correlation, int number) {
    this.correlation = correlation;
    this.number = number;
    for (int rule = 0; rule < correlation.rules().size(); rule++) {
      String reference = correlation.rules().get(rule);
      groupFields.put(
          rule, correlation.groupBy().stream().map(name -> field(name, reference)).toList());
    }
  }

  private String field(String name, String rule) {
    return correlation.aliases().getOrDefault(name, Map.of()).getOrDefault(rule, name);
  }

  SigmaCorrelation correlation() {
    return correlation;
  }

  /** What tells this group from those of this and all other correlations. */
  String key(SigmaEvent event, int rule) {
    StringBuilder key = new StringBuilder().append(number);
    for (String field : groupFields.getOrDefault(rule, List.of())) {
      key.append(BETWEEN);
      append(key, event, field);
    }
    return key.toString();
  }

  /** Whether the event has what is to be counted. */
  boolean hasValue(SigmaEvent event, int rule) {
    String reference = correlation.rules().get(rule);
    return correlation.fields().stream()
        .allMatch(name -> !event.texts(field(name, reference)).isEmpty());
  }

  String value(SigmaEvent event, int rule) {
    List<String> fields = correlation.fields();
    String reference = correlation.rules().get(rule);
    if (fields.size() == 1) {
      List<String> texts = event.texts(field(fields.getFirst(), reference));
      if (texts.size() == 1) {
        return bounded(texts.getFirst());
      }
    }
    StringBuilder value = new StringBuilder();
    for (String name : fields) {
      append(value.append(BETWEEN), event, field(name, reference));
    }
    return value.toString();
  }

  private static void append(StringBuilder text, SigmaEvent event, String field) {
    List<String> values = event.texts(field);
    if (values.isEmpty()) {
      text.append(ABSENT);
    }
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "" : NEXT_VALUE).append(bounded(values.get(i)));
    }
  }

  /** A long text by its digest: it is only compared, and must not fill memory. */
  private static String bounded(String text) {
    return text.length() <= LONGEST
        ? text
        : Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
