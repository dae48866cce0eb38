// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.List;

/** What to look for, independent of any index. {@link QueryParser} makes one from text. */
public sealed interface Query {

  /** Every event. */
  record All() implements Query {}

  /**
   * The field has this value. {@code field} is a dotted name: a registered field, a header name of
   * {@link org.citywall.audit.event.EventJson} or {@code labels.*}. TEXT fields match by words.
   */
  record Match(String field, String value) implements Query {}

  /** The field's value matches a pattern with {@code *} and {@code ?}. */
  record Wildcard(String field, String pattern) implements Query {}

  /** The field has a value. */
  record Exists(String field) implements Query {}

  /** A LONG or TIMESTAMP field within bounds, both inclusive. */
  record Range(String field, long from, long to) implements Query {}

  /** An IP field within a block (RFC 4632). */
  record Cidr(String field, String block) implements Query {}

  /** These words, next to each other, in any text of the event. */
  record Words(String text) implements Query {}

  record And(List<Query> parts) implements Query {
    public And {
      parts = List.copyOf(parts);
    }
  }

  record Or(List<Query> parts) implements Query {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  record Not(Query part) implements Query {}
}
