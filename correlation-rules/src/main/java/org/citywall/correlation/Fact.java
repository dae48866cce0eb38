// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.jspecify.annotations.Nullable;

/**
 * An event as watches see it: in the order of event time, with what the context adds.
 *
 * @param micros event time that detection trusts, in microseconds
 * @param clock time of the last tick when it was released, in microseconds
 * @param account who acted, empty where nobody is named
 * @param level highest level of the data, 0 where nobody knows
 */
record Fact(
    Event event,
    long micros,
    long leaf,
    long clock,
    Set<FactKind> kinds,
    String account,
    @Nullable Person person,
    PersonType type,
    int level) {

  static Fact of(Observation o, Set<FactKind> kinds, long clock, ContextIndex context) {
    Event event = o.event();
    String account = o.text(Field.USER_NAME);
    Person person = context.person(account);
    return new Fact(
        event,
        o.micros(),
        o.leaf(),
        clock,
        kinds,
        account,
        person,
        context.personType(event, person),
        context.level(event));
  }

  boolean is(FactKind kind) {
    return kinds.contains(kind);
  }

  Instant at() {
    return Micros.toInstant(micros);
  }

  String entity() {
    return "user:" + account;
  }

  String text(Field field) {
    String text = event.text(field);
    return text == null ? "" : text;
  }

  List<String> texts(Field field) {
    return event.texts(field);
  }

  long number(Field field, long absent) {
    return event.number(field, absent);
  }

  /** First table of the statement, empty where none is named. */
  String table() {
    List<String> tables = event.texts(Field.DB_TABLE);
    return tables.isEmpty() ? "" : tables.getFirst();
  }

  /** Rows returned, 0 where the event does not say. */
  long rows() {
    return Math.max(0, number(Field.DB_ROWS_RETURNED, 0));
  }

  boolean isAction(String action) {
    return text(Field.EVENT_ACTION).equals(action);
  }

  boolean isOperation(String... operations) {
    return Set.of(operations).contains(text(Field.DB_OPERATION).toUpperCase(Locale.ROOT));
  }

  /** Whether the statement is one that an application repeats for good reason. */
  boolean isApproved(ContextIndex context) {
    return context.context().approvedStatements().contains(text(Field.DB_STATEMENT_HASH));
  }

  boolean isLogIn() {
    String action = text(Field.EVENT_ACTION);
    return is(FactKind.SESSION)
        && !isAction("log-out")
        && !text(Field.EVENT_OUTCOME).equals("failure")
        && (text(Field.EVENT_OUTCOME).equals("success") || action.equals("log-in"));
  }

  /** Where the person sits: behind an application or gateway its client, else the source. */
  String address() {
    String forwarded = text(Field.NETWORK_FORWARDED_IP);
    return forwarded.isEmpty() ? text(Field.SOURCE_IP) : forwarded;
  }

  /** Whether many people share the address it came from. */
  boolean isShared(ContextIndex context) {
    Set<String> shared = context.context().sharedAddresses();
    return shared.contains(address()) || shared.contains(text(Field.SOURCE_IP));
  }
}
