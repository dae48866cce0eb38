// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.LocalDate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts incidents within a day, for their numbers. */
final class DayCount {

  private DayCount() {}

  /** The next number of this day, from 1; within a change, so that no number is left out. */
  static int next(JdbcClient jdbc, LocalDate day) {
    int updated =
        jdbc.sql("update incident_day set raised = raised + 1 where epoch_day = :day")
            .param("day", day.toEpochDay())
            .update();
    if (updated == 0) {
      jdbc.sql("insert into incident_day (epoch_day, raised) values (:day, 1)")
          .param("day", day.toEpochDay())
          .update();
    }
    return jdbc.sql("select raised from incident_day where epoch_day = :day")
        .param("day", day.toEpochDay())
        .query(Integer.class)
        .single();
  }
}
