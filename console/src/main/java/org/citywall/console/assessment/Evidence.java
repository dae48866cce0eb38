// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome rests on, with its two times.
 *
 * @param name what it is, for people
 * @param leaf entry of the log, or null
 * @param sha256 digest of a file in hexadecimal, or null
 * @param from first day that it is about
 * @param to last day that it is about
 * @param recordedAt when it came here; set by the platform
 * @param recordedBy who brought it; set by the platform
 */
public record Evidence(
    String name,
    @Nullable Long leaf,
    @Nullable String sha256,
    LocalDate from,
    LocalDate to,
    @Nullable Instant recordedAt,
    @Nullable String recordedBy) {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_NAME = 400;

  /** Evidence as somebody brings it. */
  public static Evidence brought(
      String name, @Nullable Long leaf, @Nullable String sha256, LocalDate from, LocalDate to) {
    return new Evidence(name, leaf, sha256, from, to, null, null);
  }

  /** Fails with {@code CON-0065} where it names nothing in a log of this size, or no time. */
  public void require(long logSize) {
    demand(!name.isBlank() && name.length() <= MAX_NAME, "a name has 1 to 400 characters");
    demand((leaf == null) != (sha256 == null), "it is an entry of the log or a file");
    demand(leaf == null || leaf >= 0 && leaf < logSize, "the log has no such entry");
    demand(sha256 == null || DIGEST.matcher(sha256).matches(), "a digest has 64 hex digits");
    demand(!to.isBefore(from), "its time ends before it begins");
  }

  private static void demand(boolean holds, String what) {
    if (!holds) {
      throw new PlatformException(ConsoleErrorCode.EVIDENCE_INVALID, what);
    }
  }
}
