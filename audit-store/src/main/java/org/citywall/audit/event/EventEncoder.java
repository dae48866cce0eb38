// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes canonical bytes (see the package documentation). */
final class EventEncoder {

  static final byte VERSION = 1;

  private byte[] out = new byte[512];
  private int length;

  private EventEncoder() {}

  static byte[] encode(Event event) {
    EventEncoder encoder = new EventEncoder();
    encoder.write(event);
    return Arrays.copyOf(encoder.out, encoder.length);
  }

  @SuppressWarnings("unchecked")
  private void write(Event event) {
    reserve(64);
    out[length++] = VERSION;
    fixed64(event.id().high());
    fixed64(event.id().low());
    fixed64(event.timestampMicros());
    fixed64(event.receivedMicros());
    string(event.position().source());
    varint(event.position().epoch());
    varint(event.position().sequence());
    varint(event.fieldCount());
    for (int i = 0; i < event.fieldCount(); i++) {
      Field field = event.fieldAt(i);
      WireType wireType = field.type().wireType();
      varint((long) field.number() << 2 | wireType.ordinal());
      Object value = event.valueAt(i);
      switch (field.type()) {
        case KEYWORD, TEXT, IP -> string((String) value);
        case BINARY -> bytes((byte[]) value);
        case LONG, TIMESTAMP -> zigzag((Long) value);
        case BOOLEAN -> zigzag((Boolean) value ? 1 : 0);
        case KEYWORDS -> {
          List<String> texts = (List<String>) value;
          varint(texts.size());
          for (String text : texts) {
            string(text);
          }
        }
      }
    }
    varint(event.labels().size());
    for (Map.Entry<String, String> label : event.labels().entrySet()) {
      string(label.getKey());
      string(label.getValue());
    }
  }

  private void string(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    varint(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void zigzag(long value) {
    varint((value << 1) ^ (value >> 63));
  }

  private void varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    out[length++] = (byte) rest;
  }

  private void fixed64(long value) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      out[length++] = (byte) (value >>> shift);
    }
  }

  private void reserve(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
    }
  }
}
