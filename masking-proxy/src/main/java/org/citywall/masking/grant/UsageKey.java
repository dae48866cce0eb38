// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.time.Instant;

/**
 * What is counted as one, for example {@code look-up/ana/public.person.phone/2026-11-27}. Whoever
 * counts by the day names the day.
 *
 * @param name unique, up to 400 characters without control characters; never a value of the data
 * @param expires from when on nothing can be taken of it, whatever the limit; what was taken is
 *     forgotten some time later
 */
public record UsageKey(String name, Instant expires) {

  private static final int MAX_LENGTH = 400;

  public UsageKey {
    if (name.isBlank()
        || name.length() > MAX_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a key is a short text without control characters");
    }
  }
}
