// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.citywall.correlation.sigma.YamlNode.Kind;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML, in which a rule may be wrong, into nodes that can say where. */
final class YamlDocuments {

  private static final int MAX_NODES = 1_000_000;
  private static final int MAX_DEPTH = 64;

  private int nodes;

  private YamlDocuments() {}

  /** The documents of a file, without empty ones. */
  static List<Mapping> read(String yaml) {
    List<Mapping> documents = new ArrayList<>();
    YamlDocuments reader = new YamlDocuments();
    try {
      // The reader trips over a pair of surrogates at the end of its buffer: one buffer for all.
      LoadSettings settings =
          LoadSettings.builder().setLabel("rule").setBufferSize(yaml.length() + 2).build();
      for (Node node : new Compose(settings).composeAllFromString(yaml)) {
        switch (reader.convert(node, 0)) {
          case Mapping mapping -> documents.add(mapping);
          case YamlNode.Scalar scalar when scalar.kind() == Kind.NULL -> {}
          case YamlNode other -> throw RuleMistake.yaml(other.line(), "a document must be a map");
        }
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw RuleMistake.yaml(line, e.getProblem());
    } catch (YamlEngineException e) {
      throw RuleMistake.yaml(1, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return documents;
  }

  private YamlNode convert(Node node, int depth) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    // An alias repeats what it names: a few lines can stand for more than memory holds.
    if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
      throw RuleMistake.yaml(line, "nested too deeply or too large");
    }
    return switch (node) {
      case ScalarNode scalar -> new YamlNode.Scalar(scalar.getValue(), kind(scalar), line);
      case SequenceNode sequence ->
          new YamlNode.Sequence(
              sequence.getValue().stream().map(item -> convert(item, depth + 1)).toList(), line);
      case MappingNode mapping -> mapping(mapping, line, depth);
      default -> throw RuleMistake.yaml(line, "not understood");
    };
  }

  private Mapping mapping(MappingNode node, int line, int depth) {
    LinkedHashMap<String, YamlNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw RuleMistake.yaml(line, "a key must be text");
      }
      if (entries.put(key.getValue(), convert(tuple.getValueNode(), depth + 1)) != null) {
        int place = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
        throw RuleMistake.yaml(place, "the key " + key.getValue() + " is there twice");
      }
    }
    return new Mapping(entries, line);
  }

  private static Kind kind(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return Kind.NULL;
    } else if (tag.equals(Tag.BOOL)) {
      return Kind.FLAG;
    } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return Kind.NUMBER;
    }
    return Kind.TEXT;
  }
}
