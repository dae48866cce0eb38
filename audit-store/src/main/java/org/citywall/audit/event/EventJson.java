// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Events as flat JSON objects with dotted ECS keys. Beside the registered fields an object has
 * {@code @timestamp}, {@code event.created} (receipt), {@code event.id}, {@code gov.source.id},
 * {@code gov.source.epoch} and {@code gov.source.seq}; labels have the prefix {@code labels.}.
 * Times are RFC 3339 in UTC. Original bytes that are not UTF-8 are given in base64 (RFC 4648
 * section 4) as {@code event.original.base64}.
 */
public final class EventJson {

  public static final String TIMESTAMP = "@timestamp";
  public static final String RECEIVED = "event.created";
  public static final String ID = "event.id";
  public static final String SOURCE_ID = "gov.source.id";
  public static final String SOURCE_EPOCH = "gov.source.epoch";
  public static final String SOURCE_SEQUENCE = "gov.source.seq";
  public static final String LABELS = "labels.";

  private EventJson() {}

  /** Writes one event as one object. */
  public static void write(Event event, JsonGenerator json) {
    json.writeStartObject();
    writeMembers(event, json);
    json.writeEndObject();
  }

  /** Writes the members of an event into an object that is already open. */
  public static void writeMembers(Event event, JsonGenerator json) {
    json.writeStringProperty(TIMESTAMP, event.timestamp().toString());
    json.writeStringProperty(RECEIVED, event.received().toString());
    json.writeStringProperty(ID, event.id().toString());
    json.writeStringProperty(SOURCE_ID, event.position().source());
    json.writeNumberProperty(SOURCE_EPOCH, event.position().epoch());
    json.writeNumberProperty(SOURCE_SEQUENCE, event.position().sequence());
    event.forEach((field, value) -> writeField(field, value, json));
    event.labels().forEach((name, value) -> json.writeStringProperty(LABELS + name, value));
  }

  private static void writeField(Field field, Object value, JsonGenerator json) {
    switch (field.type()) {
      case KEYWORD, TEXT, IP -> json.writeStringProperty(field.fieldName(), (String) value);
      case LONG -> json.writeNumberProperty(field.fieldName(), (Long) value);
      case BOOLEAN -> json.writeBooleanProperty(field.fieldName(), (Boolean) value);
      case TIMESTAMP ->
          json.writeStringProperty(field.fieldName(), Micros.toInstant((Long) value).toString());
      case KEYWORDS -> {
        json.writeArrayPropertyStart(field.fieldName());
        for (Object text : (List<?>) value) {
          json.writeString((String) text);
        }
        json.writeEndArray();
      }
      case BINARY -> writeBinary(field, (byte[]) value, json);
    }
  }

  private static void writeBinary(Field field, byte[] bytes, JsonGenerator json) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      json.writeStringProperty(field.fieldName(), text);
    } catch (CharacterCodingException e) {
      json.writeStringProperty(
          field.fieldName() + ".base64", Base64.getEncoder().encodeToString(bytes));
    }
  }
}
