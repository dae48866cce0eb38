// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.FieldType;
import org.jspecify.annotations.Nullable;

/** An event before it has a place in the stream of its source. */
final class Draft {

  private static final int USUAL_LAG = 2_000;
  private static final int LAG_SPREAD = 58_000;

  private final long at;
  private final String source;
  private long lag;
  private long clockError;
  private long skipped;
  private @Nullable Instance instance;
  private Map<String, String> labels = Map.of();
  private Object[] facts = new Object[48];
  private int size;

  /**
   * @param at when it really happens, in microseconds since the epoch
   */
  Draft(long at, String source) {
    this.at = at;
    this.source = source;
    this.lag = USUAL_LAG + Math.floorMod(Marks.mix(at), LAG_SPREAD);
  }

  Draft put(Field field, @Nullable String text) {
    return text == null ? this : add(field, text);
  }

  Draft put(Field field, long number) {
    return add(field, number);
  }

  Draft put(Field field, List<String> texts) {
    return add(field, texts);
  }

  private Draft add(Field field, Object value) {
    for (int i = 0; i < size; i += 2) {
      if (facts[i] == field) {
        facts[i + 1] = value;
        return this;
      }
    }
    if (size == facts.length) {
      facts = Arrays.copyOf(facts, size * 2);
    }
    facts[size++] = field;
    facts[size++] = value;
    return this;
  }

  /** What a source reports under a name of its own. */
  Draft label(String name, String text) {
    if (labels.isEmpty()) {
      labels = new TreeMap<>();
    }
    labels.put(name, text);
    return this;
  }

  Draft without(Field field) {
    for (int i = 0; i < size; i += 2) {
      if (facts[i] == field) {
        facts[i] = facts[size - 2];
        facts[i + 1] = facts[size - 1];
        size -= 2;
        return this;
      }
    }
    return this;
  }

  /** How long it takes to the collector, in microseconds. */
  Draft lag(long micros) {
    lag = micros;
    return this;
  }

  /** By how much the source's clock is wrong, in microseconds; negative where it is behind. */
  Draft clockError(long micros) {
    clockError = micros;
    return this;
  }

  /** How many records of {@code gov.origin.id} are lost just before it. */
  Draft skipped(long records) {
    skipped = records;
    return this;
  }

  Draft of(Instance owner) {
    instance = owner;
    return this;
  }

  long at() {
    return at;
  }

  long claimed() {
    return at + clockError;
  }

  long received() {
    return at + lag;
  }

  String source() {
    return source;
  }

  long skippedRecords() {
    return skipped;
  }

  @Nullable Instance instance() {
    return instance;
  }

  String text(Field field) {
    for (int i = 0; i < size; i += 2) {
      if (facts[i] == field) {
        return String.valueOf(facts[i + 1]);
      }
    }
    return "";
  }

  @SuppressWarnings("unchecked")
  void fill(Event.Builder event) {
    labels.forEach(event::label);
    for (int i = 0; i < size; i += 2) {
      Field field = (Field) facts[i];
      if (field.type() == FieldType.KEYWORDS) {
        event.put(field, (List<String>) facts[i + 1]);
      } else if (facts[i + 1] instanceof Long number) {
        event.put(field, number.longValue());
      } else {
        event.put(field, (String) facts[i + 1]);
      }
    }
  }
}
