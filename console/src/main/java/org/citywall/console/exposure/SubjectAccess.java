// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;

/**
 * One access to data about a person, as it is told to them.
 *
 * @param certain false where only a sketch is left that does not say surely who was among many
 * @param who name of the account behind it
 * @param person number in the register of persons, else empty
 * @param unit code and name as far as they are known
 * @param application whose log-in was used, or the client by its own word
 * @param purpose that was declared, else empty
 * @param ticket else empty
 * @param shown columns that were shown as they are
 * @param masked columns that were masked or hidden
 * @param level highest of what was shown, 0 where nothing is known
 * @param rows of the statement, about this person and others
 * @param persons that the statement was about
 */
public record SubjectAccess(
    long leaf,
    Instant at,
    boolean certain,
    String who,
    String person,
    String unit,
    String application,
    String purpose,
    String ticket,
    List<String> tables,
    List<String> shown,
    List<String> masked,
    List<String> grants,
    List<String> approvers,
    String operation,
    long level,
    long rows,
    long persons,
    Lawfulness lawfulness) {

  /** What an entry says of an access. */
  static SubjectAccess of(LoggedEntry entry, boolean certain) {
    Event event = entry.event();
    List<String> masked = event.texts(Field.GOV_MASK_APPLIED);
    String unit = text(event, Field.GOV_DEPARTMENT_CODE);
    String name = text(event, Field.GOV_DEPARTMENT_NAME);
    String application = text(event, Field.USER_EFFECTIVE_NAME);
    return new SubjectAccess(
        entry.leaf(),
        event.timestamp(),
        certain,
        text(event, Field.USER_NAME),
        text(event, Field.GOV_PERSON_ID),
        (unit + " " + name).strip(),
        application.isEmpty() ? text(event, Field.DB_CLIENT_APP) : application,
        text(event, Field.GOV_PURPOSE),
        text(event, Field.GOV_TICKET_ID),
        event.texts(Field.DB_TABLE),
        event.texts(Field.DB_COLUMNS).stream().filter(one -> !masked.contains(one)).toList(),
        masked,
        event.texts(Field.GOV_GRANT_ID),
        event.texts(Field.GOV_GRANT_APPROVER),
        text(event, Field.DB_OPERATION),
        event.number(Field.GOV_DATA_LEVEL, 0),
        rows(event),
        event.number(Field.GOV_SUBJECTS_COUNT, 0),
        lawfulness(event));
  }

  private static long rows(Event event) {
    return event.number(Field.DB_ROWS_RETURNED, event.number(Field.DB_ROWS_AFFECTED, 0));
  }

  private static Lawfulness lawfulness(Event event) {
    String decision = text(event, Field.GOV_DECISION);
    boolean shown = rows(event) > 0;
    boolean refused = decision.equals("deny");
    if (!shown && (refused || "failure".equals(event.text(Field.EVENT_OUTCOME)))) {
      return Lawfulness.NOTHING_SHOWN;
    }
    if (refused) {
      return Lawfulness.AGAINST_POLICY;
    }
    if (decision.isEmpty()) {
      return Lawfulness.NOT_DECIDED;
    }
    if (event.has(Field.GOV_GRANT_APPROVER)) {
      return Lawfulness.BY_GRANT;
    }
    return event.has(Field.GOV_PURPOSE) || event.has(Field.GOV_TICKET_ID)
        ? Lawfulness.BY_POLICY
        : Lawfulness.NO_PURPOSE;
  }

  private static String text(Event event, Field field) {
    return Objects.requireNonNullElse(event.text(field), "");
  }
}
