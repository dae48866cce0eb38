// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.index.QueryScanner.Value;

/** What a value means for a field of its type. */
final class TypedValues {

  /** Longest pattern, in characters. */
  static final int MAX_PATTERN = 256;

  /** Most stars in one pattern: each multiplies the work of matching. */
  static final int MAX_STARS = 8;

  private final Clock clock;

  TypedValues(Clock clock) {
    this.clock = clock;
  }

  /** Free words. */
  Query words(Value value) {
    if (!value.wildcard()) {
      return new Query.Words(value.text());
    }
    if (value.pattern().equals("*")) {
      return new Query.All();
    }
    throw new QueryException(
        value.position(),
        "wildcards need a field, for example user.name:zhang*; quote the text to search for it");
  }

  Query of(SearchField field, Value value) {
    if (value.pattern().equals("*")) {
      return new Query.Exists(field.name());
    }
    return switch (field.type()) {
      case KEYWORD, KEYWORDS -> keyword(field, value);
      case TEXT -> text(field, value);
      case IP -> address(field, value);
      case LONG, TIMESTAMP -> number(field, value);
      case BOOLEAN -> flag(field, value);
      case BINARY ->
          throw new QueryException(
              value.position(), "only " + field.name() + ":* is possible; use free words");
    };
  }

  private Query keyword(SearchField field, Value value) {
    if (field.name().equals(SearchField.KIND)) {
      return kind(field, value);
    }
    if (field.name().equals(EventJson.ID)) {
      return id(field, value);
    }
    boolean literal = value.quoted() || value.wildcard();
    if (!literal && (value.text().startsWith(">") || value.text().startsWith("<"))) {
      throw new QueryException(
          value.position(), field.name() + " is text: it has no order; quote the value");
    }
    return text(field, value);
  }

  private static Query text(SearchField field, Value value) {
    if (!value.wildcard()) {
      return new Query.Match(field.name(), value.text());
    }
    long stars = value.pattern().chars().filter(c -> c == '*').count();
    if (value.pattern().length() > MAX_PATTERN || stars > MAX_STARS) {
      throw new QueryException(
          value.position(), "a pattern has at most 256 characters and 8 stars");
    }
    return new Query.Wildcard(field.name(), value.pattern());
  }

  private static Query kind(SearchField field, Value value) {
    String name = value.text().toLowerCase(Locale.ROOT);
    if (Arrays.stream(EntryKind.values()).noneMatch(kind -> nameOf(kind).equals(name))) {
      throw new QueryException(
          value.position(),
          "expected one of "
              + String.join(
                  ", ", Arrays.stream(EntryKind.values()).map(TypedValues::nameOf).toList()));
    }
    return new Query.Match(field.name(), name);
  }

  static String nameOf(EntryKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Query id(SearchField field, Value value) {
    try {
      return new Query.Match(field.name(), EventId.parse(value.text()).toString());
    } catch (IllegalArgumentException e) {
      throw new QueryException(value.position(), "an event id has 32 hexadecimal digits");
    }
  }

  private static Query address(SearchField field, Value value) {
    if (value.wildcard() || IpBlock.parse(value.text()).isEmpty()) {
      throw new QueryException(
          value.position(), "expected an address such as 10.1.2.3 or a block such as 10.0.0.0/8");
    }
    return value.text().indexOf('/') < 0
        ? new Query.Match(field.name(), value.text())
        : new Query.Cidr(field.name(), value.text());
  }

  private static Query flag(SearchField field, Value value) {
    String flag = value.text().toLowerCase(Locale.ROOT);
    if (!flag.equals("true") && !flag.equals("false")) {
      throw new QueryException(value.position(), "expected true or false");
    }
    return new Query.Match(field.name(), flag);
  }

  private Query number(SearchField field, Value value) {
    String text = value.text();
    int dots = text.indexOf("..");
    if (dots >= 0) {
      return range(
          field,
          value,
          bound(field, value, text.substring(0, dots), Long.MIN_VALUE).from(),
          bound(field, value, text.substring(dots + 2), Long.MAX_VALUE).to());
    }
    if (text.startsWith(">=")) {
      return range(field, value, bound(field, value, text.substring(2)).from(), Long.MAX_VALUE);
    }
    if (text.startsWith(">")) {
      long beyond = bound(field, value, text.substring(1)).to();
      return range(field, value, step(value, beyond, 1), Long.MAX_VALUE);
    }
    if (text.startsWith("<=")) {
      return range(field, value, Long.MIN_VALUE, bound(field, value, text.substring(2)).to());
    }
    if (text.startsWith("<")) {
      long before = bound(field, value, text.substring(1)).from();
      return range(field, value, Long.MIN_VALUE, step(value, before, -1));
    }
    QueryTime one = bound(field, value, text);
    return field.type() == FieldType.LONG
        ? new Query.Match(field.name(), Long.toString(one.from()))
        : range(field, value, one.from(), one.to());
  }

  private static Query range(SearchField field, Value value, long from, long to) {
    if (from > to) {
      throw new QueryException(value.position(), "the range ends before it begins");
    }
    return new Query.Range(field.name(), from, to);
  }

  private static long step(Value value, long bound, int direction) {
    try {
      return Math.addExact(bound, direction);
    } catch (ArithmeticException e) {
      throw new QueryException(value.position(), "nothing lies beyond this number");
    }
  }

  private QueryTime bound(SearchField field, Value value, String text, long open) {
    return text.equals("*") ? new QueryTime(open, open) : bound(field, value, text);
  }

  private QueryTime bound(SearchField field, Value value, String text) {
    if (field.type() == FieldType.TIMESTAMP) {
      try {
        return QueryTime.parse(text, clock);
      } catch (PlatformException e) {
        throw new QueryException(
            value.position(),
            "expected a time such as 2026-01-31, 2026-01-31T10:15:00Z, now or -24h");
      }
    }
    try {
      long number = Long.parseLong(text);
      return new QueryTime(number, number);
    } catch (NumberFormatException e) {
      throw new QueryException(
          value.position(), "expected a whole number, a range 3..4, or a comparison >=3");
    }
  }
}
