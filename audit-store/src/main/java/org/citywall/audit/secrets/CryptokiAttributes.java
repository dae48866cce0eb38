// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An array of {@code CK_ATTRIBUTE}: type, pointer to the value, length of the value. */
final class CryptokiAttributes {

  static final long CLASS = 0x0;
  static final long TOKEN = 0x1;
  static final long PRIVATE = 0x2;
  static final long LABEL = 0x3;
  static final long KEY_TYPE = 0x100;
  static final long SENSITIVE = 0x103;
  static final long SIGN = 0x108;
  static final long VERIFY = 0x10A;
  static final long EXTRACTABLE = 0x162;
  static final long EC_PARAMS = 0x180;
  static final long EC_POINT = 0x181;

  private static final long STRUCTURE = JAVA_LONG.byteSize() * 2 + ADDRESS.byteSize();

  private record Attribute(long type, byte[] value) {}

  private final List<Attribute> attributes = new ArrayList<>();

  CryptokiAttributes with(long type, boolean value) {
    return with(type, new byte[] {(byte) (value ? 1 : 0)});
  }

  CryptokiAttributes with(long type, long value) {
    return with(type, ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array());
  }

  CryptokiAttributes with(long type, String value) {
    return with(type, value.getBytes(StandardCharsets.UTF_8));
  }

  CryptokiAttributes with(long type, byte[] value) {
    attributes.add(new Attribute(type, value));
    return this;
  }

  long count() {
    return attributes.size();
  }

  MemorySegment in(Arena arena) {
    MemorySegment array = arena.allocate(STRUCTURE * attributes.size(), 8);
    for (int i = 0; i < attributes.size(); i++) {
      Attribute attribute = attributes.get(i);
      long offset = i * STRUCTURE;
      array.set(JAVA_LONG, offset, attribute.type());
      array.set(ADDRESS, offset + 8, arena.allocateFrom(JAVA_BYTE, attribute.value()));
      array.set(JAVA_LONG, offset + 16, attribute.value().length);
    }
    return array;
  }

  /** One attribute of this type whose value is to be put there. */
  static MemorySegment room(long type, MemorySegment value, Arena arena) {
    MemorySegment attribute = arena.allocate(STRUCTURE, 8);
    attribute.set(JAVA_LONG, 0, type);
    attribute.set(ADDRESS, 8, value);
    attribute.set(JAVA_LONG, 16, value.byteSize());
    return attribute;
  }

  /** The length of the value that was put there. */
  static long length(MemorySegment attribute) {
    return attribute.get(JAVA_LONG, 16);
  }
}
