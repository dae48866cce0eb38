// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of a catalogue's file at its place; every mistake names file and line. */
final class YamlPlace {

  /** Characters; a catalogue of 1,000 items has about 200,000. */
  private static final int MAX_LENGTH = 4 << 20;

  private final String file;
  private final Node node;

  private YamlPlace(String file, Node node) {
    this.file = file;
    this.node = node;
    if (node.getAnchor().isPresent()) {
      throw mistake("anchors and aliases are not read");
    }
  }

  static YamlPlace parse(String file, String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_LENGTH).build();
    try {
      return new YamlPlace(
          file,
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> invalid(file + ":1: the file is empty")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw invalid(file + ":" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw invalid(file + ":1: no YAML that this program reads");
    }
  }

  private static PlatformException invalid(String detail) {
    return new PlatformException(ComplianceErrorCode.CATALOGUE_INVALID, detail);
  }

  PlatformException mistake(String detail) {
    return mistake(ComplianceErrorCode.CATALOGUE_INVALID, detail);
  }

  PlatformException mistake(ComplianceErrorCode code, String detail) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new PlatformException(code, file + ":" + line + ": " + detail);
  }

  /** The mapping, each key once and none but the known ones. */
  Map<String, YamlPlace> mapping(Set<String> known) {
    if (!(node instanceof MappingNode found)) {
      throw mistake("a mapping of keys to values is expected");
    }
    Map<String, YamlPlace> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : found.getValue()) {
      YamlPlace key = new YamlPlace(file, tuple.getKeyNode());
      String name = key.text();
      if (!known.contains(name)) {
        throw key.mistake("unknown key '" + name + "'");
      }
      if (entries.put(name, new YamlPlace(file, tuple.getValueNode())) != null) {
        throw key.mistake("'" + name + "' stands twice");
      }
    }
    return entries;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** Whether it is a mapping with this key, whatever else it says. */
  boolean has(String key) {
    return node instanceof MappingNode found
        && found.getValue().stream()
            .anyMatch(
                tuple ->
                    tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key));
  }

  /** The values of a list with at least one. */
  List<YamlPlace> list() {
    if (!(node instanceof SequenceNode found) || found.getValue().isEmpty()) {
      throw mistake("a list is expected");
    }
    List<YamlPlace> values = new ArrayList<>();
    found.getValue().forEach(value -> values.add(new YamlPlace(file, value)));
    return values;
  }

  String text() {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw mistake("a text is expected");
  }

  int number(int least, int most) {
    String text = text();
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw mistake("a whole number from " + least + " to " + most + " is expected");
  }

  /** A decimal number above 0. */
  BigDecimal weight() {
    try {
      BigDecimal weight = new BigDecimal(text());
      if (weight.signum() > 0) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw mistake("a number above 0 is expected");
  }

  <E extends Enum<E>> E choice(Class<E> type) {
    String text = text();
    List<String> words = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String word = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (word.equals(text)) {
        return constant;
      }
      words.add(word);
    }
    throw mistake("one of " + String.join(", ", words) + " is expected, not " + text);
  }

  /** The value of a key that has to be there. */
  YamlPlace required(Map<String, YamlPlace> mapping, String key) {
    @Nullable YamlPlace value = mapping.get(key);
    if (value == null) {
      throw mistake("'" + key + "' is missing");
    }
    return value;
  }
}
