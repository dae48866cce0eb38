// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.YearMonth;
import org.citywall.audit.log.PayloadCipher;
import org.jspecify.annotations.Nullable;

/**
 * A data key as the key ring has it.
 *
 * @param wrapped the key, or null where it was destroyed
 * @param destroyedBy leaf of the entry about the destruction
 */
record StoredKey(
    int number,
    PayloadCipher cipher,
    String group,
    YearMonth month,
    byte @Nullable [] wrapped,
    long destroyedBy) {

  private static final int WRAPPED = 1;
  private static final int DESTROYED = 2;

  /** Reads what stands behind the length of an entry; null where it is not what the format says. */
  static @Nullable StoredKey parse(ByteBuffer in) {
    try {
      int number = in.getInt();
      int state = in.get();
      PayloadCipher cipher = PayloadCipher.ofCode(in.get()).orElse(null);
      int months = in.getInt();
      YearMonth month = YearMonth.of(Math.floorDiv(months, 12), Math.floorMod(months, 12) + 1);
      byte[] label = new byte[in.getShort() & 0xFFFF];
      in.get(label);
      if (number < 1 || cipher == null || state != WRAPPED && state != DESTROYED) {
        return null;
      }
      byte[] wrapped = null;
      long destroyedBy = -1;
      if (state == WRAPPED) {
        wrapped = new byte[in.remaining()];
        in.get(wrapped);
      } else {
        destroyedBy = in.getLong();
      }
      String group = new String(label, StandardCharsets.UTF_8);
      return in.hasRemaining()
          ? null
          : new StoredKey(number, cipher, group, month, wrapped, destroyedBy);
    } catch (BufferUnderflowException | DateTimeException e) {
      return null;
    }
  }
}
