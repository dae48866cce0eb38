// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the one consumer stands: what it reads next, and what it says is in the log. */
final class SpoolCursor {

  private static final Logger LOG = LoggerFactory.getLogger(SpoolCursor.class);

  private final Backlog backlog;
  private final DurableIndex durable;
  private final Segments segments;
  private final SpoolReader reader;
  private final PositionFile position;
  private volatile long kept;

  SpoolCursor(
      Backlog backlog,
      DurableIndex durable,
      Segments segments,
      SpoolReader reader,
      PositionFile position) {
    this.backlog = backlog;
    this.durable = durable;
    this.segments = segments;
    this.reader = reader;
    this.position = position;
  }

  /** The next records, after waiting for the first one; empty when the time is over. */
  List<Spooled> read(int max, Duration atMost) throws InterruptedException {
    if (!durable.awaitReadable(reader.index(), atMost)) {
      return List.of();
    }
    Segment segment = segments.holding(reader.index());
    if (reader.index() == segment.firstIndex) {
      reader.nextSegment();
    }
    try {
      return reader.read(segment, max);
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "record " + reader.index() + ": " + e, e);
    }
  }

  /** Forgets everything before this index. */
  void commit(long index) {
    try {
      position.write(index);
      kept = index;
      segments.dropBefore(index);
    } catch (IOException e) {
      // Harmless: the records are offered to the log again after a restart.
      LOG.atWarn().setCause(e).log("spool position cannot be written");
    } finally {
      backlog.commit(index);
    }
  }

  /** Deletes the files that the position says are in the log; for any thread. */
  void dropKept() throws IOException {
    segments.dropBefore(kept);
  }

  void close() throws IOException {
    position.close();
  }
}
