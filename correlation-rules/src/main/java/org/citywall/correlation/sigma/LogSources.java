// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.citywall.correlation.sigma.YamlNode.Sequence;

/**
 * What the fields of an event say of its log source, from {@code log-sources.yaml}. A rule is kept
 * away from an event only by a contradiction.
 */
final class LogSources {

  /** An event whose field has one of the values (any, if there are none) is of this log source. */
  private record Proof(String field, List<String> values, LogSource logSource) {}

  /** An event of this log source agrees with one of the alternatives: values by field. */
  private record Requirement(LogSource logSource, List<Map<String, List<String>>> alternatives) {}

  private final List<Proof> proofs = new ArrayList<>();
  private final List<Requirement> requirements = new ArrayList<>();
  private final Set<String> fields = new LinkedHashSet<>();

  private LogSources() {}

  static LogSources builtIn() {
    return read(BuiltIn.text("log-sources.yaml"));
  }

  static LogSources read(String yaml) {
    LogSources sources = new LogSources();
    for (Mapping document : YamlDocuments.read(yaml)) {
      items(document, "proves").forEach(sources::addProof);
      items(document, "requires").forEach(sources::addRequirement);
    }
    return sources;
  }

  private static List<Mapping> items(Mapping document, String key) {
    return document.required(key) instanceof Sequence sequence
        ? sequence.items().stream().map(Mapping.class::cast).toList()
        : List.of();
  }

  private void addProof(Mapping node) {
    proofs.add(new Proof(node.text("field"), folded(node, "values"), logSource(node)));
    fields.add(node.text("field"));
  }

  private void addRequirement(Mapping node) {
    List<Map<String, List<String>>> alternatives = new ArrayList<>();
    for (Mapping alternative : items(node, "any")) {
      Map<String, List<String>> values = new LinkedHashMap<>();
      alternative.each().forEach(e -> values.put(e.getKey(), folded(alternative, e.getKey())));
      fields.addAll(values.keySet());
      alternatives.add(values);
    }
    requirements.add(new Requirement(logSource(node), alternatives));
  }

  private static List<String> folded(Mapping node, String key) {
    return node.texts(key).stream().map(Fold::fold).toList();
  }

  static LogSource logSource(Mapping node) {
    return new LogSource(node.text("product"), node.text("category"), node.text("service"));
  }

  /** The fields that {@link #admits} looks at: events that agree in them are treated alike. */
  Set<String> fields() {
    return fields;
  }

  /** Whether a rule about these logs may be about the event. */
  boolean admits(LogSource logSource, SigmaEvent event) {
    for (String field : fields) {
      if (event.get(field) != null && contradicts(field, logSource, event)) {
        return false;
      }
    }
    for (Requirement requirement : requirements) {
      if (logSource.isWithin(requirement.logSource())
          && requirement.alternatives().stream().noneMatch(a -> agrees(a, event))) {
        return false;
      }
    }
    return true;
  }

  /** The first proof by a field counts. */
  private boolean contradicts(String field, LogSource logSource, SigmaEvent event) {
    for (Proof proof : proofs) {
      if (proof.field().equals(field) && has(event, field, proof.values())) {
        LogSource proven = proof.logSource();
        return differ(proven.product(), logSource.product())
            || differ(proven.category(), logSource.category())
            || differ(proven.service(), logSource.service());
      }
    }
    return false;
  }

  private static boolean differ(String proven, String wanted) {
    return !proven.isEmpty() && !wanted.isEmpty() && !proven.equals(wanted);
  }

  private static boolean agrees(Map<String, List<String>> alternative, SigmaEvent event) {
    return alternative.entrySet().stream()
        .allMatch(e -> event.get(e.getKey()) == null || has(event, e.getKey(), e.getValue()));
  }

  private static boolean has(SigmaEvent event, String field, List<String> values) {
    FieldValue value = event.get(field);
    if (value == null || values.isEmpty()) {
      return value != null;
    }
    for (int i = 0; i < value.size(); i++) {
      if (values.contains(value.folded(i))) {
        return true;
      }
    }
    return false;
  }
}
