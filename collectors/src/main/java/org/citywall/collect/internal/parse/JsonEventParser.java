// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads one JSON object with ECS keys, dotted or nested. {@code event.id} is the client's own id
 * and makes sending twice harmless. What the registry does not know, what does not fit its type and
 * what only the platform may say is kept under {@code labels}.
 */
public final class JsonEventParser implements Parser {

  private final ParserOptions options;

  public JsonEventParser(ParserOptions options) {
    this.options = options;
  }

  @Override
  public ParseResult parse(RawRecord record) {
    try {
      Map<String, Object> members = FlatJson.read(record.bytes());
      Object claimed = members.get(EventJson.TIMESTAMP);
      Instant timestamp = claimed == null ? null : Coercion.instant(claimed, options.zone());
      if (timestamp == null && claimed instanceof Number) {
        return new ParseResult.Rejected(
            record, CollectErrorCode.TIMESTAMP_INVALID, "@timestamp is out of range");
      }
      if (timestamp != null) {
        members.remove(EventJson.TIMESTAMP);
      }
      Event.Builder event =
          Drafts.event(
              record, timestamp == null ? record.receivedAt() : timestamp, options.allowedSkew());
      put(members, event);
      identify(members.get(EventJson.ID), record, event);
      return new ParseResult.Parsed(event.build());
    } catch (Malformed e) {
      return reject(record, e.reason());
    } catch (JacksonException e) {
      var at = e.getLocation();
      String where = at == null ? "" : " near byte " + at.getByteOffset();
      return reject(record, "not a well-formed JSON object" + where);
    }
  }

  private static ParseResult reject(RawRecord record, String reason) {
    return new ParseResult.Rejected(record, CollectErrorCode.JSON_MALFORMED, reason);
  }

  private void put(Map<String, Object> members, Event.Builder event) throws Malformed {
    Set<String> labels = new HashSet<>();
    for (Map.Entry<String, Object> member : members.entrySet()) {
      String name = member.getKey();
      if (!name.equals(EventJson.ID) && !putField(name, member.getValue(), event)) {
        String label = label(name);
        if (!label.isEmpty()) {
          if (!labels.add(label)) {
            throw new Malformed("a member is given twice");
          }
          event.label(label, Coercion.text(member.getValue()));
        }
      }
    }
  }

  private boolean putField(String name, Object value, Event.Builder event) {
    Field field = Field.named(name).orElse(null);
    return field != null
        && !PlatformFields.contains(field)
        && Coercion.put(field, value, options.zone(), event);
  }

  private static String label(String name) {
    return name.startsWith(EventJson.LABELS) ? name.substring(EventJson.LABELS.length()) : name;
  }

  private static void identify(@Nullable Object id, RawRecord record, Event.Builder event) {
    if (id != null) {
      String text = Coercion.text(id);
      if (!text.isEmpty()) {
        event.id(EventId.ofClient(record.position().source(), text)).put(Field.GOV_CLIENT_ID, text);
      }
    }
  }
}
