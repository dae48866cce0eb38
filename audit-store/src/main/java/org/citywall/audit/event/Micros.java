// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.time.Instant;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Microseconds since 1970-01-01T00:00:00Z, the time unit of stored events. */
public final class Micros {

  private static final long PER_SECOND = 1_000_000;

  private Micros() {}

  /** Rounds down to the microsecond; refuses instants beyond 64 bits with {@code AUD-0001}. */
  public static long of(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / 1000);
    } catch (ArithmeticException e) {
      throw new PlatformException(AuditErrorCode.EVENT_INVALID, "time out of range", e);
    }
  }

  public static Instant toInstant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
  }
}
