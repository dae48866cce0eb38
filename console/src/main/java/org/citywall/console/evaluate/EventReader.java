// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the objects that {@link EventJson} writes. */
public final class EventReader {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventReader() {}

  /** The event of this line, or an {@code IllegalArgumentException} with what is wrong with it. */
  public static Event read(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      Event.Builder event =
          Event.builder(
                  new SourcePosition(
                      text(json, EventJson.SOURCE_ID),
                      number(json, EventJson.SOURCE_EPOCH),
                      number(json, EventJson.SOURCE_SEQUENCE)),
                  Instant.parse(text(json, EventJson.TIMESTAMP)),
                  Instant.parse(text(json, EventJson.RECEIVED)))
              .id(EventId.parse(text(json, EventJson.ID)));
      for (Map.Entry<String, JsonNode> member : json.properties()) {
        put(member.getKey(), member.getValue(), event);
      }
      return event.build();
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("it is no event", e);
    }
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.asString();
  }

  private static long number(JsonNode json, String name) {
    JsonNode value = json.get(name);
    if (value == null || !value.isIntegralNumber()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.asLong();
  }

  private static void put(String name, JsonNode value, Event.Builder event) {
    Field field = Field.named(name).orElse(null);
    if (field == null) {
      if (name.startsWith(EventJson.LABELS)) {
        event.label(name.substring(EventJson.LABELS.length()), value.asString());
      } else if (name.endsWith(".base64")) {
        Field.named(name.substring(0, name.length() - ".base64".length()))
            .ifPresent(binary -> event.put(binary, Base64.getDecoder().decode(value.asString())));
      }
      return;
    }
    switch (field.type()) {
      case KEYWORD, TEXT, IP -> event.put(field, value.asString());
      case LONG -> event.put(field, value.asLong());
      case BOOLEAN -> event.put(field, value.asBoolean());
      case TIMESTAMP -> event.put(field, Instant.parse(value.asString()));
      case KEYWORDS -> event.put(field, words(value));
      case BINARY -> event.put(field, value.asString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>(list.size());
    list.forEach(word -> words.add(word.asString()));
    return words;
  }
}
