// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads YAML into records and writes them: names in kebab-case, unknown names refused, a number
 * left out is 0.
 */
final class YamlReader {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private YamlReader() {}

  /**
   * Reads one document, or throws with this code, the file's name, line, path and reason. The line
   * is where reading stopped: the mistake is there or just above, the path is exact.
   */
  static <T> T read(String name, String yaml, Class<T> type, CorrelationErrorCode code) {
    try {
      T value = yaml.isBlank() ? null : MAPPER.readValue(yaml, type);
      if (value == null) {
        throw new PlatformException(code, name + ": the file is empty");
      }
      return value;
    } catch (JacksonException e) {
      throw new PlatformException(code, name + describe(e), e);
    }
  }

  /**
   * The text that {@link #read} reads as this value; null is left out, lists of words are sorted.
   *
   * @param group name whose members are written beside it, in its place
   */
  static String text(Object value, String group) {
    JsonNode tree = MAPPER.valueToTree(value);
    if (tree instanceof ObjectNode root && root.remove(group) instanceof ObjectNode members) {
      root.setAll(members);
    }
    sortWords(tree);
    return MAPPER.writeValueAsString(tree);
  }

  // Sets have another order in every JVM.
  private static void sortWords(JsonNode node) {
    if (node instanceof ArrayNode list && !list.isEmpty() && list.get(0).isString()) {
      List<String> words = list.valueStream().map(JsonNode::asString).sorted().toList();
      list.removeAll();
      words.forEach(list::add);
    }
    node.values().forEach(YamlReader::sortWords);
  }

  private static String describe(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    String line = location == null ? "" : " line " + location.getLineNr();
    String path =
        e.getPath().stream()
            .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
            .collect(Collectors.joining("/"));
    String reason = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
    return line + (path.isEmpty() ? "" : " at " + path) + ": " + reason;
  }
}
