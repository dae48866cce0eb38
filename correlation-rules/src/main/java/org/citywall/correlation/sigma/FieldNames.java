// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.citywall.correlation.sigma.YamlNode.Sequence;

/** The names by which other schemas call a field of a rule, from {@code field-names.yaml}. */
final class FieldNames {

  private record Group(LogSource logSource, Map<String, List<String>> names) {}

  private final List<Group> groups;

  private FieldNames(List<Group> groups) {
    this.groups = groups;
  }

  static FieldNames builtIn() {
    return read(BuiltIn.text("field-names.yaml"));
  }

  static FieldNames read(String yaml) {
    List<Group> groups = new ArrayList<>();
    for (Mapping document : YamlDocuments.read(yaml)) {
      if (document.required("groups") instanceof Sequence sequence) {
        sequence.items().forEach(item -> groups.add(group((Mapping) item)));
      }
    }
    return new FieldNames(groups);
  }

  private static Group group(Mapping node) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    Mapping fields = node.mapping("fields");
    fields.each().forEach(e -> names.put(e.getKey(), fields.texts(e.getKey())));
    return new Group(LogSources.logSource(node), names);
  }

  /** The names to try in turn, the rule's own one first. */
  List<String> of(String field, LogSource logSource) {
    List<String> names = new ArrayList<>(List.of(field));
    for (Group group : groups) {
      if (logSource.isWithin(group.logSource())) {
        group.names().getOrDefault(field, List.of()).stream()
            .filter(name -> !names.contains(name))
            .forEach(names::add);
      }
    }
    return names;
  }
}
