// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;

/** A log-in to the city's data portal, as the portal reports it. */
record PortalLogIn(long at, Person person, Unit unit, boolean success) implements DemoRecord {

  private static final List<String> AUTHENTICATION = List.of("authentication");
  private static final List<String> START = List.of("start");

  @Override
  public String source() {
    return "app/data-portal";
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
    sink.put(Field.EVENT_KIND, "event");
    sink.put(Field.EVENT_CATEGORY, AUTHENTICATION);
    sink.put(Field.EVENT_TYPE, START);
    sink.put(Field.EVENT_ACTION, "log-in");
    sink.put(Field.EVENT_OUTCOME, success ? "success" : "failure");
    sink.put(Field.EVENT_DATASET, "portal.access");
    sink.put(Field.MESSAGE, (success ? "Log-in of " : "Wrong password of ") + person.account());
    sink.put(Field.TAGS, DemoHistory.TAGS);
    sink.put(Field.SERVICE_NAME, "data-portal");
    sink.put(Field.USER_NAME, person.account());
    sink.put(Field.SOURCE_IP, person.address());
    sink.put(Field.GOV_DEPARTMENT_CODE, unit.code());
    sink.put(Field.GOV_DEPARTMENT_NAME, unit.name());
    sink.put(Field.GOV_PERSON_TYPE, person.type().fieldValue());
    sink.put(Field.GOV_PERSON_ID, person.id());
  }
}
