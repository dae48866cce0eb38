// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.EventId;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.ConsoleErrorCode;

/**
 * Moves what waits in the outbox to the log, in order and one at a time, because the log takes a
 * sequence number below one it has for a replay. Each step can be repeated: the log knows an entry
 * by its id, and an entry leaves the outbox only with its leaf noted.
 */
final class OutboxDrain {

  private static final int BATCH = 500;

  private final StateStore store;
  private final EvidenceLog log;
  private final List<LeafListener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock draining = new ReentrantLock();

  OutboxDrain(StateStore store, EvidenceLog log) {
    this.store = store;
    this.log = log;
  }

  void addListener(LeafListener listener) {
    listeners.add(listener);
  }

  /** Empties the outbox; when it returns, everything committed before the call is in the log. */
  void drain() {
    draining.lock();
    try {
      List<Outbox.Waiting> batch;
      do {
        batch = store.read(jdbc -> Outbox.first(jdbc, BATCH));
        if (!batch.isEmpty()) {
          move(batch);
        }
      } while (batch.size() == BATCH);
    } finally {
      draining.unlock();
    }
  }

  private void move(List<Outbox.Waiting> batch) {
    List<Entry> entries = new ArrayList<>(batch.size());
    for (Outbox.Waiting waiting : batch) {
      entries.add(new Entry(EntryKind.STATE_CHANGE, waiting.event()));
    }
    long[] leaves = log.append(entries);
    List<LoggedEntry> logged = new ArrayList<>(batch.size());
    for (int i = 0; i < leaves.length; i++) {
      Outbox.Waiting waiting = batch.get(i);
      long leaf = leaves[i] == EvidenceLog.RECORDED_BEFORE ? find(waiting) : leaves[i];
      logged.add(new LoggedEntry(leaf, EntryKind.STATE_CHANGE, waiting.event()));
    }
    store.inTransaction(
        jdbc -> {
          Outbox.removeUpTo(jdbc, batch.getLast().event().position());
          Mark.OUTBOX_APPLIED.write(jdbc, logged.getLast().leaf());
          listeners.forEach(listener -> listener.noted(jdbc, logged));
          return true;
        });
    listeners.forEach(listener -> listener.published(logged));
  }

  private long find(Outbox.Waiting waiting) {
    EventId id = waiting.event().id();
    long from = waiting.fromLeaf();
    List<LoggedEntry> page = log.read(from, BATCH);
    while (!page.isEmpty()) {
      for (LoggedEntry entry : page) {
        if (entry.event().id().equals(id)) {
          return entry.leaf();
        }
      }
      from = page.getLast().leaf() + 1;
      page = log.read(from, BATCH);
    }
    throw new PlatformException(
        ConsoleErrorCode.STATE_FOREIGN, "the log took event " + id + " before but has it not");
  }
}
