// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** The last ids that clients gave to their events: a bounded window. Safe for several threads. */
public final class ClientIds {

  private static final int READ_AHEAD = 1024;

  private final int capacity;
  private final Deque<EventId> order = new ArrayDeque<>();
  private final Set<EventId> ids = new HashSet<>();

  public ClientIds(int capacity) {
    this.capacity = capacity;
  }

  /** Learns the ids among the last entries of the log, as many as the window holds. */
  public void learnFrom(LogReader log) {
    long size = log.size();
    for (long leaf = Math.max(0, size - capacity); leaf < size; ) {
      List<LoggedEntry> entries = log.read(leaf, READ_AHEAD);
      if (entries.isEmpty()) {
        return;
      }
      for (LoggedEntry entry : entries) {
        add(entry.event());
      }
      leaf = entries.getLast().leaf() + 1;
    }
  }

  synchronized boolean contains(EventId id) {
    return ids.contains(id);
  }

  /** Adds the event's id if a client gave it. */
  synchronized void add(Event event) {
    if (event.has(Field.GOV_CLIENT_ID) && ids.add(event.id())) {
      order.addLast(event.id());
      if (order.size() > capacity) {
        ids.remove(order.removeFirst());
      }
    }
  }
}
