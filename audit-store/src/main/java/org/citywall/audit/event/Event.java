// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened: who did what to which data, when, and where the report came from.
 * Immutable and safe to share between threads. Fields are held in two arrays ordered by field
 * number, so that an event costs little more than its values.
 */
public final class Event {

  private final EventId id;
  private final long timestampMicros;
  private final long receivedMicros;
  private final SourcePosition position;
  private final Field[] fields;
  private final Object[] values;
  private final SortedMap<String, String> labels;

  Event(
      EventId id,
      long timestampMicros,
      long receivedMicros,
      SourcePosition position,
      Field[] fields,
      Object[] values,
      SortedMap<String, String> labels) {
    this.id = id;
    this.timestampMicros = timestampMicros;
    this.receivedMicros = receivedMicros;
    this.position = position;
    this.fields = fields;
    this.values = values;
    this.labels = labels;
  }

  /** A builder for an event that happened and was received at these times. */
  public static Builder builder(SourcePosition position, Instant timestamp, Instant received) {
    return new Builder(position, Micros.of(timestamp), Micros.of(received));
  }

  /** A builder that starts with everything this event has. */
  public Builder toBuilder() {
    Builder builder = new Builder(position, timestampMicros, receivedMicros);
    builder.id = id;
    for (int i = 0; i < fields.length; i++) {
      builder.values[fields[i].ordinal()] = values[i];
    }
    if (!labels.isEmpty()) {
      builder.labels = new TreeMap<>(labels);
    }
    return builder;
  }

  public EventId id() {
    return id;
  }

  /** ECS {@code @timestamp}: when it happened, as the sender claims. */
  public Instant timestamp() {
    return Micros.toInstant(timestampMicros);
  }

  /** {@link #timestamp()} in microseconds since the epoch. */
  public long timestampMicros() {
    return timestampMicros;
  }

  /** ECS {@code event.created}: when the collector received it, by the collector's clock. */
  public Instant received() {
    return Micros.toInstant(receivedMicros);
  }

  /** {@link #received()} in microseconds since the epoch. */
  public long receivedMicros() {
    return receivedMicros;
  }

  public SourcePosition position() {
    return position;
  }

  /** Text of a KEYWORD, TEXT or IP field, or null where the event has none. */
  public @Nullable String text(Field field) {
    return (String) value(field);
  }

  /** Texts of a KEYWORDS field, empty where the event has none. */
  @SuppressWarnings("unchecked")
  public List<String> texts(Field field) {
    Object value = value(field);
    return value == null ? List.of() : (List<String>) value;
  }

  /** Number of a LONG field or microseconds of a TIMESTAMP field, or null. */
  public @Nullable Long number(Field field) {
    return (Long) value(field);
  }

  /** Number of a LONG or TIMESTAMP field, or {@code absent} where the event has none. */
  public long number(Field field, long absent) {
    Long value = (Long) value(field);
    return value == null ? absent : value;
  }

  /** Value of a BOOLEAN field, or null. */
  public @Nullable Boolean flag(Field field) {
    return (Boolean) value(field);
  }

  /** A copy of the bytes of a BINARY field, or null. */
  public byte @Nullable [] bytes(Field field) {
    byte[] value = (byte[]) value(field);
    return value == null ? null : value.clone();
  }

  public boolean has(Field field) {
    return value(field) != null;
  }

  /** Fields that the registry does not know, by name without the {@code labels.} prefix. */
  public SortedMap<String, String> labels() {
    return Collections.unmodifiableSortedMap(labels);
  }

  /**
   * Visits every registered field the event has, in order of field number. The value has the Java
   * type that {@link FieldType} names; byte arrays must not be changed.
   */
  public void forEach(BiConsumer<Field, Object> visitor) {
    for (int i = 0; i < fields.length; i++) {
      visitor.accept(fields[i], values[i]);
    }
  }

  /** Canonical bytes, as the package documentation specifies them. */
  public byte[] encode() {
    return EventEncoder.encode(this);
  }

  /** Reads canonical bytes; any other encoding is refused with {@code AUD-0002}. */
  public static Event decode(byte[] bytes) {
    return EventDecoder.decode(bytes);
  }

  int fieldCount() {
    return fields.length;
  }

  Field fieldAt(int i) {
    return fields[i];
  }

  Object valueAt(int i) {
    return values[i];
  }

  /** Value of a field as {@link #forEach} tells it, or null. */
  public @Nullable Object value(Field field) {
    int low = 0;
    int high = fields.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = fields[middle].number() - field.number();
      if (order == 0) {
        return values[middle];
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Event that
        && id.equals(that.id)
        && timestampMicros == that.timestampMicros
        && receivedMicros == that.receivedMicros
        && position.equals(that.position)
        && Arrays.equals(fields, that.fields)
        && Arrays.deepEquals(values, that.values)
        && labels.equals(that.labels);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** Id and position only: fields may hold personal data and must not reach a log by accident. */
  @Override
  public String toString() {
    return "Event[" + id + " " + position + "]";
  }

  /** Collects fields; not safe for use by several threads. */
  public static final class Builder {

    private static final Field[] BY_ORDINAL = Field.values();
    private static final Field[] BY_NUMBER = sortedByNumber();

    private final SourcePosition position;
    private final long timestampMicros;
    private final long receivedMicros;
    private final @Nullable Object[] values = new Object[BY_ORDINAL.length];
    private @Nullable SortedMap<String, String> labels;
    private @Nullable EventId id;

    private Builder(SourcePosition position, long timestampMicros, long receivedMicros) {
      this.position = position;
      this.timestampMicros = timestampMicros;
      this.receivedMicros = receivedMicros;
    }

    /** Sets the identity; without it the id follows from the position. */
    public Builder id(EventId id) {
      this.id = id;
      return this;
    }

    /** Sets a KEYWORD, TEXT or IP field; null or empty text removes it. */
    public Builder put(Field field, @Nullable String text) {
      requireType(
          field,
          field.type() == FieldType.KEYWORD
              || field.type() == FieldType.TEXT
              || field.type() == FieldType.IP);
      values[field.ordinal()] =
          text == null || text.isEmpty() ? null : Unicode.withoutLoneSurrogates(text);
      return this;
    }

    /** Sets a LONG field, or a TIMESTAMP field in microseconds. */
    public Builder put(Field field, long number) {
      requireType(field, field.type() == FieldType.LONG || field.type() == FieldType.TIMESTAMP);
      values[field.ordinal()] = number;
      return this;
    }

    /** Sets a TIMESTAMP field. */
    public Builder put(Field field, Instant instant) {
      requireType(field, field.type() == FieldType.TIMESTAMP);
      values[field.ordinal()] = Micros.of(instant);
      return this;
    }

    /** Sets a BOOLEAN field. */
    public Builder put(Field field, boolean flag) {
      requireType(field, field.type() == FieldType.BOOLEAN);
      values[field.ordinal()] = flag;
      return this;
    }

    /** Sets a KEYWORDS field; an empty list removes it. */
    public Builder put(Field field, List<String> texts) {
      requireType(field, field.type() == FieldType.KEYWORDS);
      List<String> clean = new ArrayList<>(texts.size());
      for (String text : texts) {
        clean.add(Unicode.withoutLoneSurrogates(text));
      }
      values[field.ordinal()] = clean.isEmpty() ? null : List.copyOf(clean);
      return this;
    }

    /** Sets a BINARY field to a copy of these bytes. */
    public Builder put(Field field, byte[] bytes) {
      requireType(field, field.type() == FieldType.BINARY);
      values[field.ordinal()] = bytes.clone();
      return this;
    }

    /** Keeps what the registry has no field for, under {@code labels.name}. */
    public Builder label(String name, String value) {
      if (name.isEmpty()) {
        throw new PlatformException(AuditErrorCode.EVENT_INVALID, "a label needs a name");
      }
      if (labels == null) {
        labels = new TreeMap<>(Unicode.UTF8_ORDER);
      }
      labels.put(Unicode.withoutLoneSurrogates(name), Unicode.withoutLoneSurrogates(value));
      return this;
    }

    public boolean has(Field field) {
      return values[field.ordinal()] != null;
    }

    public Event build() {
      int count = 0;
      for (Object value : values) {
        if (value != null) {
          count++;
        }
      }
      Field[] fields = new Field[count];
      Object[] present = new Object[count];
      int next = 0;
      for (Field field : BY_NUMBER) {
        Object value = values[field.ordinal()];
        if (value != null) {
          fields[next] = field;
          present[next++] = value;
        }
      }
      return new Event(
          id == null ? EventId.of(position) : id,
          timestampMicros,
          receivedMicros,
          position,
          fields,
          present,
          labels == null ? NO_LABELS : new TreeMap<>(labels));
    }

    private static void requireType(Field field, boolean matches) {
      if (!matches) {
        throw new PlatformException(
            AuditErrorCode.EVENT_INVALID, field.fieldName() + " is of type " + field.type());
      }
    }

    private static Field[] sortedByNumber() {
      Field[] sorted = BY_ORDINAL.clone();
      Arrays.sort(sorted, (a, b) -> Integer.compare(a.number(), b.number()));
      return sorted;
    }
  }

  static final SortedMap<String, String> NO_LABELS =
      Collections.unmodifiableSortedMap(new TreeMap<>(Map.of()));
}
