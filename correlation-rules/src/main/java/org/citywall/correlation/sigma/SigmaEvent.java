// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as rules see it: fields by name, each with any number of texts. Not safe for use by
 * several threads.
 */
public final class SigmaEvent {

  private static final String LABELS = "labels.";

  private final Map<String, FieldValue> fields;

  SigmaEvent(Map<String, FieldValue> fields) {
    this.fields = fields;
  }

  /**
   * Reads a JSON object. Objects within it are flattened, names joined by dots; the elements of a
   * list are values of one field. What Windows writes ({@code System}, {@code EventData}, {@code
   * UserData}) and what shippers make of it goes by the names that rules use.
   */
  public static SigmaEvent of(JsonNode json) {
    return new SigmaEvent(JsonFields.flatten(json));
  }

  /** Takes fields that are flat already. */
  public static SigmaEvent of(Map<String, List<String>> fields) {
    Map<String, FieldValue> values = new LinkedHashMap<>();
    fields.forEach((name, texts) -> values.put(name, new FieldValue(texts)));
    return new SigmaEvent(values);
  }

  /** Takes an event of the log: its fields by their ECS names, its labels by their own. */
  public static SigmaEvent of(Event event) {
    Map<String, FieldValue> values = new LinkedHashMap<>();
    event.labels().forEach((name, text) -> values.put(name, new FieldValue(List.of(text))));
    event
        .labels()
        .forEach((name, text) -> values.put(LABELS + name, new FieldValue(List.of(text))));
    event.forEach(
        (field, value) -> {
          if (field.type() != FieldType.BINARY) {
            values.put(field.fieldName(), new FieldValue(texts(field.type(), value)));
          }
        });
    values.put("@timestamp", new FieldValue(List.of(event.timestamp().toString())));
    return new SigmaEvent(values);
  }

  private static List<String> texts(FieldType type, Object value) {
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(item -> texts.add(String.valueOf(item)));
      return texts;
    }
    return List.of(
        type == FieldType.TIMESTAMP && value instanceof Long micros
            ? Micros.toInstant(micros).toString()
            : String.valueOf(value));
  }

  /** Values of a field; empty where it is null or not there. */
  public List<String> texts(String field) {
    FieldValue value = fields.get(field);
    return value == null ? List.of() : value.texts();
  }

  /** When it happened, in microseconds since the epoch, where a field says so. */
  public OptionalLong micros() {
    return Times.of(this);
  }

  @Nullable FieldValue get(String field) {
    return fields.get(field);
  }

  Map<String, FieldValue> fields() {
    return fields;
  }

  Collection<FieldValue> values() {
    return fields.values();
  }
}
