// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.citywall.correlation.sigma.YamlNode.Scalar;
import org.citywall.correlation.sigma.YamlNode.Sequence;

/** Reads the part of a rule that says what it looks for. */
final class DetectionReader {

  private final FieldReader fields;

  DetectionReader(Placeholders placeholders) {
    this.fields = new FieldReader(placeholders);
  }

  /** The condition over its selections; several conditions are alternatives. */
  Expression read(Mapping detection) {
    Map<String, Expression> selections = new LinkedHashMap<>();
    for (Map.Entry<String, YamlNode> entry : detection.each()) {
      switch (entry.getKey()) {
        case "condition" -> {}
        case "timeframe" ->
            throw RuleMistake.unsupported(
                entry.getValue().line(), "timeframe: write a correlation instead");
        default -> selections.put(entry.getKey(), selection(entry.getValue()));
      }
    }
    if (selections.isEmpty()) {
      throw RuleMistake.invalid(detection.line(), "there is no selection");
    }
    detection.required("condition");
    int line = detection.lineOf("condition");
    List<Expression> conditions =
        detection.texts("condition").stream()
            .map(text -> ConditionParser.parse(text, selections, line))
            .toList();
    if (conditions.isEmpty()) {
      throw RuleMistake.invalid(line, "the condition is empty");
    }
    return Expression.any(conditions);
  }

  private Expression selection(YamlNode node) {
    return switch (node) {
      case Mapping mapping -> entries(mapping);
      case Sequence sequence -> alternatives(sequence);
      case Scalar scalar -> fields.keyword(scalar);
    };
  }

  private Expression alternatives(Sequence sequence) {
    if (sequence.items().isEmpty()) {
      throw RuleMistake.invalid(sequence.line(), "the selection is empty");
    }
    return Expression.any(sequence.items().stream().map(this::selection).toList());
  }

  private Expression entries(Mapping mapping) {
    List<Expression> tests = new ArrayList<>();
    for (Map.Entry<String, YamlNode> entry : mapping.each()) {
      tests.add(fields.read(entry.getKey(), entry.getValue()));
    }
    if (tests.isEmpty()) {
      throw RuleMistake.invalid(mapping.line(), "the selection is empty");
    }
    return Expression.all(tests);
  }
}
