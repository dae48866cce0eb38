// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * Says whom an event is about, so that the payloads of one group and month can be destroyed
 * together by destroying one key. Must give the same answer for the same event, always, and be safe
 * for use by several threads.
 */
@FunctionalInterface
public interface SubjectGroups {

  /** Longest label that is kept whole, in characters. */
  int MAX_LABEL = 128;

  /** Groups of one month that get keys of their own; what comes later shares {@link #REST}. */
  int MAX_GROUPS = 1024;

  /** Label of the group of everything that has no group or comes too late for one of its own. */
  String REST = "*";

  /**
   * Label of the event's group, {@link #REST} for none. It is stored in the open: never the name or
   * number of a person.
   */
  String groupOf(Event event);

  /**
   * The unit that the actor belongs to ({@code gov.department.code}), else the stream that the
   * event belongs to ({@code event.dataset}).
   */
  static SubjectGroups byDepartment() {
    return event -> {
      String department = event.text(Field.GOV_DEPARTMENT_CODE);
      return label(department == null ? event.text(Field.EVENT_DATASET) : department);
    };
  }

  private static String label(@Nullable String text) {
    return text == null || text.length() > MAX_LABEL ? REST : text;
  }
}
