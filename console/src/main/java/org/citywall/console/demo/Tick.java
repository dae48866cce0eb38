// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/** A minute passed in which nothing happened. */
record Tick(long at) implements DemoRecord {

  @Override
  public String source() {
    return DemoHistory.TICKER;
  }

  @Override
  public byte[] original() {
    return new byte[0];
  }

  @Override
  public void fill(Event.Builder event) {
    event.put(Field.TAGS, DemoHistory.TAGS);
  }

  @Override
  public EntryKind kind() {
    return EntryKind.TICK;
  }
}
