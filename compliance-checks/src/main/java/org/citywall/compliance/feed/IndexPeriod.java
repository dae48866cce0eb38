// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;

/**
 * The time that one value of the index is about, written {@code 2026-Q4} or {@code 2026-11}.
 *
 * @param from first day
 * @param to last day
 */
public record IndexPeriod(String id, LocalDate from, LocalDate to) {

  private static final Pattern QUARTER = Pattern.compile("([0-9]{4})-Q([1-4])");
  private static final int MONTHS = 3;

  /** How long a period is. */
  public enum Length {
    MONTH,
    QUARTER
  }

  /** The period in which a day is. */
  public static IndexPeriod of(Length length, LocalDate day) {
    return switch (length) {
      case MONTH -> month(YearMonth.from(day));
      case QUARTER -> quarter(day.getYear(), (day.getMonthValue() - 1) / MONTHS + 1);
    };
  }

  /** The period of a text; {@code CMP-0022} where it is none. */
  public static IndexPeriod parse(String id) {
    Matcher quarter = QUARTER.matcher(id);
    if (quarter.matches()) {
      return quarter(Integer.parseInt(quarter.group(1)), Integer.parseInt(quarter.group(2)));
    }
    try {
      return month(YearMonth.parse(id));
    } catch (DateTimeException e) {
      throw new PlatformException(
          ComplianceErrorCode.PERIOD_INVALID, "a period is written 2026-Q4 or 2026-11", e);
    }
  }

  public boolean contains(LocalDate day) {
    return !day.isBefore(from) && !day.isAfter(to);
  }

  private static IndexPeriod quarter(int year, int number) {
    YearMonth first = YearMonth.of(year, (number - 1) * MONTHS + 1);
    return new IndexPeriod(
        first.getYear() + "-Q" + number,
        first.atDay(1),
        first.plusMonths(MONTHS - 1L).atEndOfMonth());
  }

  private static IndexPeriod month(YearMonth month) {
    return new IndexPeriod(month.toString(), month.atDay(1), month.atEndOfMonth());
  }
}
