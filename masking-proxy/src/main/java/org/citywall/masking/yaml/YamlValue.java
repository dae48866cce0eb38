// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a YAML file at its place. */
public final class YamlValue {

  private final String file;
  private final String path;
  private final Node node;

  YamlValue(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.node = node;
    if (node.getAnchor().isPresent()) {
      throw mistake(MaskingErrorCode.FILE_SYNTAX, "anchors and aliases are not read");
    }
  }

  /** Line of the file, from 1. */
  public int line() {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  /** File, line and key, for a message. */
  public String place() {
    return file + ":" + line() + (path.isEmpty() ? "" : ": " + path);
  }

  /** What is wrong with this value, with file, line and key before it. */
  public PlatformException mistake(MaskingErrorCode code, String detail) {
    return new PlatformException(code, place() + ": " + detail);
  }

  /** The mapping, which may have these keys only; {@code MSK-0082} for another one. */
  public YamlMapping mapping(String... known) {
    YamlMapping mapping = mapping();
    mapping.requireKnown(List.of(known));
    return mapping;
  }

  /** The mapping, whose keys are names of things; {@code MSK-0083} where one is there twice. */
  public YamlMapping mapping() {
    if (!(node instanceof MappingNode found)) {
      throw mistake(MaskingErrorCode.VALUE_INVALID, "is a mapping of keys to values");
    }
    Map<String, YamlValue> entries = new LinkedHashMap<>();
    Map<String, YamlValue> keys = new LinkedHashMap<>();
    for (NodeTuple tuple : found.getValue()) {
      YamlValue key = new YamlValue(file, path, tuple.getKeyNode());
      String name = key.text();
      YamlValue earlier = keys.put(name, key);
      if (earlier != null) {
        throw key.mistake(
            MaskingErrorCode.KEY_TWICE, "'" + name + "' is there already, line " + earlier.line());
      }
      String below = path.isEmpty() ? name : path + "." + name;
      entries.put(name, new YamlValue(file, below, tuple.getValueNode()));
    }
    return new YamlMapping(this, keys, entries);
  }

  /** The values of a list. */
  public List<YamlValue> list() {
    if (!(node instanceof SequenceNode found)) {
      throw mistake(MaskingErrorCode.VALUE_INVALID, "is a list");
    }
    List<YamlValue> values = new ArrayList<>();
    for (Node value : found.getValue()) {
      values.add(new YamlValue(file, path + "[" + values.size() + "]", value));
    }
    return values;
  }

  /** Texts of a list. */
  public List<String> texts() {
    return list().stream().map(YamlValue::text).toList();
  }

  /** The text as it is written, a number's too. */
  public String text() {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw mistake(MaskingErrorCode.VALUE_INVALID, "is a text");
  }

  /** A whole number. */
  public int number(int least, int most) {
    if (isNumber()) {
      try {
        int number = Integer.parseInt(text());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
    }
    throw mistake(
        MaskingErrorCode.VALUE_INVALID, "is a whole number from " + least + " to " + most);
  }

  /** {@code true} or {@code false}. */
  public boolean flag() {
    if (node instanceof ScalarNode scalar && node.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    throw mistake(MaskingErrorCode.VALUE_INVALID, "is true or false");
  }

  /** One of the constants, written in lower case with dashes. */
  public <E extends Enum<E>> E choice(Class<E> type) {
    List<String> names = new ArrayList<>();
    String text = text();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw mistake(MaskingErrorCode.VALUE_INVALID, "is one of " + String.join(", ", names));
  }

  public boolean isMapping() {
    return node instanceof MappingNode;
  }

  public boolean isNumber() {
    return node instanceof ScalarNode && node.getTag().equals(Tag.INT);
  }
}
