// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

/** What a field's value may be, how it is written in canonical bytes and how it is indexed. */
public enum FieldType {
  /** Exact text, case kept. Java {@code String}; wire type BYTES, UTF-8. */
  KEYWORD,
  /** Several exact texts in the order given. Java {@code List<String>}; wire type LIST. */
  KEYWORDS,
  /** Text to be searched by word. Java {@code String}; wire type BYTES, UTF-8. */
  TEXT,
  /** An IPv4 or IPv6 literal in the sender's spelling. Java {@code String}; wire type BYTES. */
  IP,
  /** Signed 64-bit integer. Java {@code Long}; wire type VARINT, zigzag. */
  LONG,
  /** Java {@code Boolean}; wire type VARINT, 0 or 1 before zigzag. */
  BOOLEAN,
  /** Microseconds since 1970-01-01T00:00:00Z. Java {@code Long}; wire type VARINT, zigzag. */
  TIMESTAMP,
  /** Bytes as received. Java {@code byte[]}; wire type BYTES. Not indexed by value. */
  BINARY;

  WireType wireType() {
    return switch (this) {
      case KEYWORD, TEXT, IP, BINARY -> WireType.BYTES;
      case KEYWORDS -> WireType.LIST;
      case LONG, BOOLEAN, TIMESTAMP -> WireType.VARINT;
    };
  }
}
