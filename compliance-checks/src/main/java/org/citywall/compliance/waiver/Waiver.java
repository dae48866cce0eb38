// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * That a check need not conform.
 *
 * @param check its id
 * @param target its name, or {@value #ALL}
 * @param until the last day on which it counts, in China's time
 * @param signedBy who decided, two persons or more
 */
public record Waiver(
    String check, String target, String reason, LocalDate until, List<String> signedBy) {

  static final String ALL = "*";

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public Waiver {
    signedBy = List.copyOf(signedBy);
  }

  boolean isAbout(String otherCheck, String otherTarget) {
    return check.equals(otherCheck) && (target.equals(ALL) || target.equals(otherTarget));
  }

  boolean endedBy(Instant now) {
    return LocalDate.ofInstant(now, ZONE).isAfter(until);
  }
}
