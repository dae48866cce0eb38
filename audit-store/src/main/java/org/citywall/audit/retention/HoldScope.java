// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Payloads that a legal hold keeps.
 *
 * @param group the only subject group, or null for every one
 * @param from first month of receipt, or null for no beginning
 * @param to last month of receipt, or null for no end
 */
public record HoldScope(@Nullable String group, @Nullable YearMonth from, @Nullable YearMonth to) {

  boolean covers(Payloads payloads) {
    return (group == null || group.equals(payloads.group()))
        && (from == null || !payloads.month().isBefore(from))
        && (to == null || !payloads.month().isAfter(to));
  }

  String text() {
    return text(from) + ' ' + text(to) + (group == null ? " any" : " group " + group);
  }

  private static String text(@Nullable YearMonth month) {
    return month == null ? "-" : month.toString();
  }

  /** Reads {@link #text}; a runtime exception of the JDK where it is malformed. */
  static HoldScope parse(String text) {
    String[] parts = text.split(" ", 4);
    return new HoldScope(parts.length == 4 ? parts[3] : null, month(parts[0]), month(parts[1]));
  }

  private static @Nullable YearMonth month(String text) {
    return text.equals("-") ? null : YearMonth.parse(text);
  }
}
