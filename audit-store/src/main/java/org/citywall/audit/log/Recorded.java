// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.citywall.audit.event.EventId;

/**
 * What the log knows to be recorded: marks of sources for events that are identified by their
 * position, a window of recent ids for the others. Recordings are staged while a group commit is
 * under way and become known when it is durable. Safe for use by several threads.
 */
final class Recorded {

  private final SourceMarks marks = new SourceMarks();
  private final IdWindow window;
  private final Map<EventId, Long> stagedIds = new HashMap<>();

  Recorded(int recentIds) {
    window = new IdWindow(recentIds);
  }

  /** Leaf, {@link EvidenceLog#RECORDED_BEFORE} or {@link IdWindow#ABSENT}. */
  synchronized long leaf(Identity identity) {
    if (identity.positional()) {
      return marks.leaf(identity.position());
    }
    Long staged = stagedIds.isEmpty() ? null : stagedIds.get(identity.id());
    return staged == null ? window.leaf(identity.id()) : staged;
  }

  synchronized void stage(Identity identity, long leaf) {
    if (identity.positional()) {
      marks.stage(identity.position(), leaf);
    } else {
      stagedIds.put(identity.id(), leaf);
    }
  }

  synchronized void commit() {
    marks.commit();
    stagedIds.forEach(window::put);
    stagedIds.clear();
  }

  synchronized void rollback() {
    marks.rollback();
    stagedIds.clear();
  }

  synchronized ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(marks.encodedBytes() + window.encodedBytes());
    marks.encode(out);
    window.encode(out);
    return out.flip();
  }

  synchronized void decode(ByteBuffer in) {
    marks.decode(in);
    window.decode(in);
  }
}
