// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.spool;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;

/**
 * What an earlier process left that is not in the log.
 *
 * @param segments files with such records, oldest first
 * @param durable index after the last record
 * @param committed index of the first record that is not in the log
 */
record SpoolRecovery(List<Segment> segments, long durable, long committed) {

  /** Finds it out, and deletes the files whose records are all in the log. */
  static SpoolRecovery of(SpoolFolder folder, PositionFile positionFile) throws IOException {
    Deque<Segment> found = new ArrayDeque<>(folder.recover());
    long position = positionFile.read();
    long durable = found.isEmpty() ? position : found.getLast().endIndex();
    long committed = found.isEmpty() ? position : Math.max(position, found.getFirst().firstIndex);
    if (committed > durable) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_CORRUPT, "the position lies behind the last record");
    }
    while (!found.isEmpty() && found.getFirst().endIndex() <= committed) {
      found.removeFirst().delete();
    }
    return new SpoolRecovery(List.copyOf(found), durable, committed);
  }

  /** A reader that goes on with the first record that is not in the log. */
  SpoolReader reader() throws IOException {
    SpoolReader reader = new SpoolReader(committed);
    if (!segments.isEmpty()) {
      reader.seek(segments.getFirst(), committed);
    }
    return reader;
  }
}
