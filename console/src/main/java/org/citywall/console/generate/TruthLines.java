// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.citywall.audit.event.EventId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Truth as one JSON object a line; {@code truth.schema.json} of the reference says which. */
public final class TruthLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> MEMBERS =
      List.of(
          "scenario",
          "instance",
          "kind",
          "actors",
          "from",
          "to",
          "decisive",
          "also",
          "parameters",
          "events");

  private TruthLines() {}

  public static String write(Truth truth) {
    ObjectNode json = JSON.createObjectNode();
    json.put("scenario", truth.scenario());
    json.put("instance", truth.instance());
    json.put("kind", truth.kind().label());
    truth.actors().forEach(json.putArray("actors")::add);
    json.put("from", truth.from().toString());
    json.put("to", truth.to().toString());
    json.put("decisive", truth.decisive().toString());
    truth.also().forEach(json.putArray("also")::add);
    ObjectNode parameters = json.putObject("parameters");
    truth.parameters().forEach(parameters::put);
    ArrayNode events = json.putArray("events");
    truth.events().forEach(event -> events.add(event.toString()));
    return json.toString();
  }

  /** Reads a line, or throws an {@code IllegalArgumentException} with what is wrong with it. */
  public static Truth read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      for (String name : MEMBERS) {
        if (!json.has(name)) {
          throw new IllegalArgumentException(name + " is missing");
        }
      }
      Map<String, Long> parameters = new LinkedHashMap<>();
      json.get("parameters")
          .properties()
          .forEach(e -> parameters.put(e.getKey(), e.getValue().asLong()));
      return new Truth(
          json.get("scenario").asInt(),
          json.get("instance").asString(),
          Kind.valueOf(json.get("kind").asString().toUpperCase(Locale.ROOT).replace('-', '_')),
          texts(json.get("actors")),
          Instant.parse(json.get("from").asString()),
          Instant.parse(json.get("to").asString()),
          EventId.parse(json.get("decisive").asString()),
          StreamSupport.stream(json.get("also").spliterator(), false).map(JsonNode::asInt).toList(),
          parameters,
          texts(json.get("events")).stream().map(EventId::parse).toList());
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("it is no truth", e);
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asString).toList();
  }
}
