// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.jspecify.annotations.Nullable;

/**
 * An event in which an account touches classified data, with what the context adds.
 *
 * @param level 1..4
 * @param table first table of the statement, else the data set's id, else empty
 * @param rows rows returned, -1 where the event does not say
 */
record DataAccess(
    Observation observation,
    String account,
    PersonType personType,
    String vendor,
    String roster,
    int level,
    String table,
    long rows,
    long persons) {

  /** Null where the event names no account or touches nothing classified. */
  static @Nullable DataAccess of(Observation o, ContextIndex context) {
    Event event = o.event();
    String account = event.text(Field.USER_NAME);
    if (account == null) {
      return null;
    }
    int level = context.level(event);
    if (level == 0) {
      return null;
    }
    Person person = context.person(account);
    List<String> tables = event.texts(Field.DB_TABLE);
    String vendor = event.text(Field.GOV_VENDOR_ID);
    return new DataAccess(
        o,
        account,
        context.personType(event, person),
        vendor != null ? vendor : person == null ? "" : orEmpty(person.vendor()),
        person == null ? "" : orEmpty(person.roster()),
        level,
        tables.isEmpty() ? o.text(Field.GOV_CATALOGUE_ID) : tables.getFirst(),
        event.number(Field.DB_ROWS_RETURNED, -1),
        event.number(Field.GOV_SUBJECTS_COUNT, 0));
  }

  String entity() {
    return "user:" + account;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
