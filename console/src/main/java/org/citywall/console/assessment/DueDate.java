// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.console.assessment.GradedSystem.FilingRecord;
import org.jspecify.annotations.Nullable;

/** What is due for a system by law, and when. */
public record DueDate(Duty duty, LocalDate on) {

  /** What has to be done. */
  public enum Duty {
    EXPERT_REVIEW,
    FILING,
    RE_FILING,
    ASSESSMENT
  }

  public boolean overdue(LocalDate today) {
    return on.isBefore(today);
  }

  /**
   * What is due, the earliest first.
   *
   * @param lastAssessed cover date of the last closed round, or null
   */
  public static List<DueDate> of(
      GradedSystem system, @Nullable LocalDate lastAssessed, LegalCalendar calendar) {
    List<DueDate> due = new ArrayList<>();
    LocalDate graded = system.grading().on();
    FilingRecord filing = system.filing();
    if (filing == null) {
      calendar.filingDue(system.level(), graded).ifPresent(on -> due.add(of(Duty.FILING, on)));
    } else {
      due.add(of(Duty.RE_FILING, filing.until()));
    }
    if (system.review() == null && system.level() >= 2) {
      due.add(of(Duty.EXPERT_REVIEW, graded.plusDays(calendar.filingDays())));
    }
    LocalDate from = lastAssessed == null ? graded : lastAssessed;
    calendar.assessmentDue(system.level(), from).ifPresent(on -> due.add(of(Duty.ASSESSMENT, on)));
    due.sort(Comparator.comparing(DueDate::on));
    return due;
  }

  private static DueDate of(Duty duty, LocalDate on) {
    return new DueDate(duty, on);
  }
}
