// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/**
 * A statement that a database executed, as its audit source reports it.
 *
 * @param rows rows returned, or changed by an UPDATE
 * @param durationNanos how long the database took
 */
record DbAccess(
    long at,
    Person person,
    Unit unit,
    DataSet dataSet,
    Statement statement,
    long rows,
    long durationNanos,
    String address,
    @Nullable String ticket)
    implements DemoRecord {

  private static final List<String> DATABASE = List.of("database");
  private static final List<String> ACCESS = List.of("access");
  private static final List<String> CHANGE = List.of("change");

  @Override
  public String source() {
    return "db-audit/" + dataSet.database();
  }

  @Override
  public byte[] original() {
    JsonLine line = new JsonLine(Micros.toInstant(at));
    describe(line);
    return line.bytes();
  }

  @Override
  public void fill(Event.Builder event) {
    describe(new EventFields(event));
  }

  /** The record with a client's id, for a sender that may have to repeat it. */
  JsonLine line(String id) {
    JsonLine line = new JsonLine(Micros.toInstant(at));
    line.put(EventJson.ID, id);
    describe(line);
    return line;
  }

  private void describe(FieldSink sink) {
    boolean changes = statement.operation().equals("UPDATE");
    sink.put(Field.EVENT_KIND, "event");
    sink.put(Field.EVENT_CATEGORY, DATABASE);
    sink.put(Field.EVENT_TYPE, changes ? CHANGE : ACCESS);
    sink.put(Field.EVENT_ACTION, "sql-statement");
    sink.put(Field.EVENT_OUTCOME, "success");
    sink.put(Field.EVENT_DATASET, "database.access");
    sink.put(Field.EVENT_DURATION, durationNanos);
    sink.put(
        Field.MESSAGE,
        person.account()
            + " "
            + statement.operation()
            + " "
            + dataSet.qualifiedTable()
            + " ("
            + rows
            + " rows)");
    sink.put(Field.TAGS, DemoHistory.TAGS);
    describeActor(sink);
    describeData(sink, changes);
  }

  private void describeActor(FieldSink sink) {
    sink.put(Field.USER_NAME, person.account());
    sink.put(Field.SOURCE_IP, address);
    sink.put(Field.GOV_DEPARTMENT_CODE, unit.code());
    sink.put(Field.GOV_DEPARTMENT_NAME, unit.name());
    sink.put(Field.GOV_PERSON_TYPE, person.type().fieldValue());
    sink.put(Field.GOV_PERSON_ID, person.id());
    String vendor = person.vendor();
    if (vendor != null) {
      sink.put(Field.GOV_VENDOR_ID, vendor);
    }
    if (ticket != null) {
      sink.put(Field.GOV_TICKET_ID, ticket);
    }
  }

  private void describeData(FieldSink sink, boolean changes) {
    sink.put(Field.SERVER_ADDRESS, dataSet.database());
    sink.put(Field.DB_SYSTEM, "postgresql");
    sink.put(Field.DB_NAME, "yunlan");
    sink.put(Field.DB_SCHEMA, dataSet.schema());
    sink.put(Field.DB_TABLE, List.of(dataSet.qualifiedTable()));
    sink.put(Field.DB_COLUMNS, statement.columns());
    sink.put(Field.DB_OPERATION, statement.operation());
    sink.put(Field.DB_STATEMENT, statement.text());
    sink.put(Field.DB_STATEMENT_HASH, statement.hash());
    sink.put(changes ? Field.DB_ROWS_AFFECTED : Field.DB_ROWS_RETURNED, rows);
    sink.put(Field.DB_CLIENT_APP, clientApp());
    sink.put(Field.GOV_DATA_LEVEL, dataSet.level().number());
    sink.put(Field.GOV_DATA_CATEGORY, List.of(dataSet.category()));
    if (dataSet.subjectColumn() != null && !statement.columns().contains("district")) {
      sink.put(Field.GOV_SUBJECTS_COUNT, rows);
    }
    sink.put(Field.GOV_CATALOGUE_ID, dataSet.id());
    sink.put(Field.GOV_OWNER_CODE, dataSet.owner());
  }

  private String clientApp() {
    return switch (person.duty()) {
      case CLERK -> person.type() == PersonType.OUTSOURCED ? "psql" : "yunlan-desk";
      case ANALYST -> "DBeaver";
      case OPERATOR -> "psql";
      case BATCH -> "dataflow";
    };
  }
}
