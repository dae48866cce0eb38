// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** Reads canonical bytes and refuses everything that {@link EventEncoder} would not write. */
final class EventDecoder {

  private static final int MIN_HEADER = 1 + 16 + 8 + 8;
  private static final int KNOWN_FIELDS = Field.values().length;

  private final byte[] in;
  private int at;

  private EventDecoder(byte[] in) {
    this.in = in;
  }

  static Event decode(byte[] bytes) {
    EventDecoder decoder = new EventDecoder(bytes);
    Event event = decoder.read();
    if (decoder.at != bytes.length) {
      throw malformed("bytes after the end", decoder.at);
    }
    return event;
  }

  private Event read() {
    require(MIN_HEADER);
    if (in[at] != EventEncoder.VERSION) {
      throw malformed("version " + in[at], at);
    }
    at++;
    EventId id = new EventId(fixed64(), fixed64());
    long timestamp = fixed64();
    long received = fixed64();
    SourcePosition position = position();
    int count = count();
    // The claim is the sender's; there cannot be more known fields than there are.
    int room = Math.min(count, KNOWN_FIELDS);
    Field[] fields = new Field[room];
    Object[] values = new Object[room];
    SortedMap<String, String> newer = null;
    int known = 0;
    long lastTag = -1;
    for (int i = 0; i < count; i++) {
      int start = at;
      long tag = varint();
      if (tag < 0 || tag >>> 2 <= lastTag >> 2) {
        throw malformed("fields out of order", start);
      }
      lastTag = tag;
      Field field = Field.ofNumber(tag >>> 2);
      if (field == null) {
        newer = newer == null ? new TreeMap<>(Unicode.UTF8_ORDER) : newer;
        newer.put("field_" + (tag >>> 2), unknown((int) (tag & 3), start));
      } else if (field.type().wireType().ordinal() != (tag & 3)) {
        throw malformed(field.fieldName() + " has another wire type", start);
      } else {
        fields[known] = field;
        values[known++] = value(field, start);
      }
    }
    SortedMap<String, String> labels = labels(newer);
    return new Event(
        id,
        timestamp,
        received,
        position,
        known == count ? fields : Arrays.copyOf(fields, known),
        known == count ? values : Arrays.copyOf(values, known),
        labels);
  }

  private SourcePosition position() {
    int start = at;
    String source = string();
    long epoch = varint();
    long sequence = varint();
    try {
      return new SourcePosition(source, epoch, sequence);
    } catch (IllegalArgumentException e) {
      throw malformed("source position: " + e.getMessage(), start);
    }
  }

  private Object value(Field field, int start) {
    return switch (field.type()) {
      case KEYWORD, TEXT, IP -> notEmpty(string(), start);
      case BINARY -> bytes();
      case LONG, TIMESTAMP -> zigzag();
      case BOOLEAN -> flag(zigzag(), start);
      case KEYWORDS -> notEmpty(strings(), start);
    };
  }

  private SortedMap<String, String> labels(@Nullable SortedMap<String, String> newer) {
    int count = count();
    if (count == 0 && newer == null) {
      return Event.NO_LABELS;
    }
    SortedMap<String, String> labels = new TreeMap<>(Unicode.UTF8_ORDER);
    String last = "";
    for (int i = 0; i < count; i++) {
      int start = at;
      String name = string();
      if (Unicode.UTF8_ORDER.compare(name, last) <= 0) {
        throw malformed("labels out of order", start);
      }
      last = name;
      labels.put(name, string());
    }
    if (newer != null) {
      labels.putAll(newer);
    }
    return labels;
  }

  private String unknown(int wireType, int start) {
    return switch (wireType) {
      case 0 -> Long.toString(zigzag());
      case 1 -> new String(bytes(), StandardCharsets.UTF_8);
      case 2 -> String.join(", ", strings());
      default -> throw malformed("unknown wire type", start);
    };
  }

  private List<String> strings() {
    int count = count();
    List<String> texts = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      texts.add(string());
    }
    return List.copyOf(texts);
  }

  private String string() {
    int size = count();
    int start = at;
    at += size;
    boolean ascii = true;
    for (int i = start; i < at; i++) {
      if (in[i] < 0) {
        ascii = false;
        break;
      }
    }
    if (ascii) {
      return new String(in, start, size, StandardCharsets.US_ASCII);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(in, start, size))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("text is not UTF-8", start);
    }
  }

  private byte[] bytes() {
    int size = count();
    at += size;
    return Arrays.copyOfRange(in, at - size, at);
  }

  /** A count of bytes or items; each needs at least one byte, so it is bounded by what is left. */
  private int count() {
    int start = at;
    long count = varint();
    if (count < 0 || count > in.length - at) {
      throw malformed("length " + count + " runs past the end", start);
    }
    return (int) count;
  }

  private long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  private long varint() {
    int start = at;
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      require(1);
      byte b = in[at++];
      if (shift == 63 && b > 1) {
        throw malformed("integer beyond 64 bits", start);
      }
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        if (b == 0 && shift > 0) {
          throw malformed("integer in more bytes than needed", start);
        }
        return value;
      }
    }
    throw malformed("integer beyond 64 bits", start);
  }

  private long fixed64() {
    require(8);
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = value << 8 | in[at++] & 0xFF;
    }
    return value;
  }

  private void require(int more) {
    if (in.length - at < more) {
      throw malformed("bytes end early", at);
    }
  }

  private static Boolean flag(long number, int start) {
    if (number != 0 && number != 1) {
      throw malformed("a flag is 0 or 1", start);
    }
    return number == 1;
  }

  private static String notEmpty(String text, int start) {
    if (text.isEmpty()) {
      throw malformed("an empty field is left out", start);
    }
    return text;
  }

  private static List<String> notEmpty(List<String> texts, int start) {
    if (texts.isEmpty()) {
      throw malformed("an empty field is left out", start);
    }
    return texts;
  }

  private static PlatformException malformed(String what, int position) {
    return new PlatformException(
        AuditErrorCode.EVENT_BYTES_MALFORMED, what + " at byte " + position);
  }
}
