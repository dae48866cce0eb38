// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.springframework.scheduling.support.CronExpression;

/**
 * Times of runs.
 *
 * @param text minute, hour, day of the month, month, day of the week, as in crontab
 */
public record CheckSchedule(String text, ZoneId zone) {

  /** Fails with {@code IllegalArgumentException} where the text is no schedule. */
  public CheckSchedule {
    if (text.strip().split("\\s+", -1).length != 5
        || !CronExpression.isValidExpression("0 " + text.strip())) {
      throw new IllegalArgumentException(
          "a schedule has minute, hour, day of the month, month and day of the week");
    }
  }

  /** The first time after another one; {@code Instant.MAX} where none comes. */
  Instant after(Instant time) {
    ZonedDateTime next = CronExpression.parse("0 " + text.strip()).next(time.atZone(zone));
    return next == null ? Instant.MAX : next.toInstant();
  }
}
