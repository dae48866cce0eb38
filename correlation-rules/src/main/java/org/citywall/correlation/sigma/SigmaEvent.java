// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.FieldType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event as rules see it: fields by name, each with any number of texts. Not safe for use by
 * several threads.
 */
public final class SigmaEvent {

  private static final String LABELS = "labels.";

  private static final String TIMESTAMP = "@timestamp";

  private final @Nullable Event event;
  private @Nullable Map<String, FieldValue> fields;

  SigmaEvent(Map<String, FieldValue> fields) {
    this.event = null;
    this.fields = fields;
  }

  private SigmaEvent(Event event) {
    this.event = event;
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
    return new SigmaEvent(event);
  }

  /** Values of a field; empty where it is null or not there. */
  public List<String> texts(String field) {
    FieldValue value = get(field);
    return value == null ? List.of() : value.texts();
  }

  /** When it happened, in microseconds since the epoch, where a field says so. */
  public OptionalLong micros() {
    return Times.of(this);
  }

  @Nullable FieldValue get(String name) {
    if (fields != null || event == null) {
      return fields().get(name);
    }
    if (name.equals(TIMESTAMP)) {
      return time(event);
    }
    Field field = Field.named(name).filter(known -> known.type() != FieldType.BINARY).orElse(null);
    Object value = field == null ? null : event.value(field);
    if (field != null && value != null) {
      return new FieldValue(field.type(), value);
    }
    String label = name.startsWith(LABELS) ? label(event, name.substring(LABELS.length())) : null;
    label = label == null ? label(event, name) : label;
    return label == null ? null : ofText(label);
  }

  private static @Nullable String label(Event event, String name) {
    return event.labels().get(name);
  }

  private static FieldValue time(Event event) {
    return new FieldValue(FieldType.TIMESTAMP, event.timestampMicros());
  }

  /**
   * Visits the fields for which there is use, each with its use; of two values of one name the one
   * that counts comes first.
   *
   * @param ofField tells the use of a registered field, or null
   * @param ofName tells the use of a name, or null
   */
  <U> void forEach(
      Function<Field, @Nullable U> ofField,
      Function<String, @Nullable U> ofName,
      BiConsumer<U, FieldValue> visitor) {
    Event logged = event;
    if (fields != null || logged == null) {
      fields().forEach((name, value) -> visit(ofName.apply(name), value, visitor));
      return;
    }
    visit(ofName.apply(TIMESTAMP), time(logged), visitor);
    logged.forEach(
        (field, value) -> {
          U use = ofField.apply(field);
          if (use != null && field.type() != FieldType.BINARY) {
            visitor.accept(use, new FieldValue(field.type(), value));
          }
        });
    logged
        .labels()
        .forEach((name, text) -> visit(ofName.apply(LABELS + name), ofText(text), visitor));
    logged.labels().forEach((name, text) -> visit(ofName.apply(name), ofText(text), visitor));
  }

  private static <U> void visit(
      @Nullable U use, FieldValue value, BiConsumer<U, FieldValue> visitor) {
    if (use != null) {
      visitor.accept(use, value);
    }
  }

  private static FieldValue ofText(String text) {
    return new FieldValue(List.of(text));
  }

  /** All fields by name. */
  Map<String, FieldValue> fields() {
    Map<String, FieldValue> known = fields;
    if (known == null) {
      known = new LinkedHashMap<>();
      fill(known);
      fields = known;
    }
    return known;
  }

  private void fill(Map<String, FieldValue> values) {
    Event of = Objects.requireNonNull(event);
    of.labels().forEach((name, text) -> values.put(name, ofText(text)));
    of.labels().forEach((name, text) -> values.put(LABELS + name, ofText(text)));
    of.forEach(
        (field, value) -> {
          if (field.type() != FieldType.BINARY) {
            values.put(field.fieldName(), new FieldValue(field.type(), value));
          }
        });
    values.put(TIMESTAMP, time(of));
  }
}
