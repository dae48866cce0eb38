// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * A value of a field that decides what of a bundle is withheld.
 *
 * @param name a registered field, {@code labels.NAME} or {@code gov.source.id}
 */
public record FieldValue(String name, String value) {

  /** {@code AUD-0153} for a name that no event has. */
  public FieldValue {
    if (Field.named(name).isEmpty()
        && !name.startsWith(EventJson.LABELS)
        && !name.equals(EventJson.SOURCE_ID)) {
      throw new PlatformException(AuditErrorCode.BUNDLE_SELECTION, "no field " + name);
    }
  }

  /** Reads {@code FIELD=VALUE}; {@code AUD-0153} for anything else. */
  public static FieldValue parse(String text) {
    int sign = text.indexOf('=');
    if (sign < 1) {
      throw new PlatformException(AuditErrorCode.BUNDLE_SELECTION, "FIELD=VALUE is needed");
    }
    return new FieldValue(text.substring(0, sign), text.substring(sign + 1));
  }

  /** Whether the event has this value in the field, or among the field's values. */
  boolean isIn(Event event) {
    if (name.equals(EventJson.SOURCE_ID)) {
      return event.position().source().equals(value);
    }
    Field field = Field.named(name).orElse(null);
    return field == null
        ? value.equals(event.labels().get(name.substring(EventJson.LABELS.length())))
        : isIn(event, field);
  }

  private boolean isIn(Event event, Field field) {
    return switch (field.type()) {
      case KEYWORD, TEXT, IP -> value.equals(event.text(field));
      case KEYWORDS -> event.texts(field).contains(value);
      case LONG, TIMESTAMP -> value.equals(text(event.number(field)));
      case BOOLEAN -> value.equals(text(event.flag(field)));
      case BINARY -> false;
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
