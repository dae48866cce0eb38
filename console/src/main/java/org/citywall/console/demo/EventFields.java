// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/** Puts fields into an event. */
record EventFields(Event.Builder event) implements FieldSink {

  @Override
  public void put(Field field, String text) {
    event.put(field, text);
  }

  @Override
  public void put(Field field, long number) {
    event.put(field, number);
  }

  @Override
  public void put(Field field, List<String> texts) {
    event.put(field, texts);
  }
}
