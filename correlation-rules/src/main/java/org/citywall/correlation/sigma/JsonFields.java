// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Makes flat fields of a JSON object. */
final class JsonFields {

  /** What shippers put before the names that Windows gives; the longer ones first. */
  private static final List<String> WRAPPERS =
      List.of(
          "winlog.event_data.",
          "winlog.user_data.",
          "Event.EventData.",
          "Event.System.",
          "EventData.",
          "System.",
          "event_data.");

  /** Names of parts of {@code System}, by the name that rules use. */
  private static final Map<String, String> SYSTEM =
      Map.of(
          "Provider.#attributes.Name", "Provider_Name",
          "Provider.@Name", "Provider_Name",
          "Provider.Name", "Provider_Name",
          "EventID.#text", "EventID",
          "winlog.event_id", "EventID",
          "winlog.channel", "Channel",
          "winlog.provider_name", "Provider_Name",
          "winlog.computer_name", "Computer");

  private static final String USER_DATA = "UserData.";

  private final Map<String, List<String>> fields = new LinkedHashMap<>();

  private JsonFields() {}

  static Map<String, FieldValue> flatten(JsonNode json) {
    JsonFields flat = new JsonFields();
    flat.add("", json);
    Map<String, FieldValue> values = new LinkedHashMap<>();
    flat.fields.forEach((name, texts) -> values.put(name, new FieldValue(texts)));
    flat.fields.forEach(
        (name, texts) -> values.computeIfAbsent(asInRules(name), n -> new FieldValue(texts)));
    return values;
  }

  private void add(String name, JsonNode node) {
    if (node.isObject()) {
      String prefix = name.isEmpty() ? "" : name + '.';
      node.properties().forEach(e -> add(prefix + e.getKey(), e.getValue()));
    } else if (node.isArray()) {
      fields.computeIfAbsent(name, n -> new ArrayList<>());
      node.forEach(item -> add(name, item));
    } else {
      List<String> texts = fields.computeIfAbsent(name, n -> new ArrayList<>());
      if (!node.isNull()) {
        texts.add(node.asString());
      }
    }
  }

  private static String asInRules(String name) {
    String bare = name;
    for (String wrapper : WRAPPERS) {
      if (name.startsWith(wrapper)) {
        bare = name.substring(wrapper.length());
        break;
      }
    }
    int userData = name.indexOf(USER_DATA);
    if (userData == 0 || name.startsWith("Event." + USER_DATA)) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
    return SYSTEM.getOrDefault(bare, bare);
  }
}
