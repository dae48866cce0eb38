// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A data key in the key ring (see the package documentation).
 *
 * @param number by which records name it, from 1
 * @param group subject group whose payloads it seals
 * @param month month of receipt, by UTC
 */
record RingKey(int number, PayloadCipher cipher, String group, YearMonth month, State state) {

  /** Longest entry in bytes. */
  static final int MAX_ENTRY = 1 << 16;

  private static final int HEADER = 8;
  private static final byte WRAPPED = 1;
  private static final byte DESTROYED = 2;

  /** What is left of the key. */
  sealed interface State {}

  /** The key, to be opened by the key-encryption key. */
  record Wrapped(byte[] key) implements State {}

  /**
   * Nothing.
   *
   * @param leaf the entry about the destruction
   */
  record Destroyed(long leaf) implements State {}

  RingKey destroyed(long leaf) {
    return new RingKey(number, cipher, group, month, new Destroyed(leaf));
  }

  RingKey wrapped(byte[] again) {
    return new RingKey(number, cipher, group, month, new Wrapped(again));
  }

  /** The entry as it is stored. */
  byte[] encode() {
    byte[] label = group.getBytes(StandardCharsets.UTF_8);
    byte[] rest =
        switch (state) {
          case Wrapped wrapped -> wrapped.key();
          case Destroyed destroyed -> ByteBuffer.allocate(8).putLong(destroyed.leaf()).array();
        };
    ByteBuffer out = ByteBuffer.allocate(HEADER + 4 + 1 + 1 + 4 + 2 + label.length + rest.length);
    out.putInt(0).putInt(out.capacity()).putInt(number);
    out.put(state instanceof Wrapped ? WRAPPED : DESTROYED).put((byte) cipher.code());
    out.putInt(12 * month.getYear() + month.getMonthValue() - 1);
    out.putShort((short) label.length).put(label).put(rest);
    return out.putInt(0, RecordFormat.crc(out, 4, out.capacity() - 4)).array();
  }

  /** Length of the entry at {@code at}, or 0 where none stands. */
  static int lengthAt(ByteBuffer in, int at) {
    if (in.limit() - at < HEADER) {
      return 0;
    }
    int length = in.getInt(at + 4);
    boolean fits = length > HEADER && length <= MAX_ENTRY && length <= in.limit() - at;
    return fits && RecordFormat.crc(in, at + 4, length - 4) == in.getInt(at) ? length : 0;
  }

  /** The entry at {@code at}, or null where it is of a later format or none. */
  static @Nullable RingKey at(ByteBuffer in, int at) {
    try {
      ByteBuffer entry = in.slice(at + HEADER, in.getInt(at + 4) - HEADER);
      int number = entry.getInt();
      byte state = entry.get();
      PayloadCipher cipher = PayloadCipher.ofCode(entry.get()).orElse(null);
      int months = entry.getInt();
      YearMonth month = YearMonth.of(Math.floorDiv(months, 12), Math.floorMod(months, 12) + 1);
      byte[] label = new byte[entry.getShort() & 0xFFFF];
      entry.get(label);
      byte[] rest = new byte[entry.remaining()];
      entry.get(rest);
      if (number < 1 || cipher == null) {
        return null;
      }
      String group = new String(label, StandardCharsets.UTF_8);
      return switch (state) {
        case WRAPPED -> new RingKey(number, cipher, group, month, new Wrapped(rest));
        case DESTROYED ->
            new RingKey(
                number, cipher, group, month, new Destroyed(ByteBuffer.wrap(rest).getLong()));
        default -> null;
      };
    } catch (BufferUnderflowException | DateTimeException e) {
      return null;
    }
  }
}
