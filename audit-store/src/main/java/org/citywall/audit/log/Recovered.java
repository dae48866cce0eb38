// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
import java.util.Optional;

/**
 * A log as it was found when it was opened for writing.
 *
 * @param segments its records, the torn tail cut off
 * @param file the last segment, open for appending
 * @param trees its trees over all of {@code size} leaves, that of SHA-256 first
 * @param recorded which events are in it
 * @param checkpoint what was signed last
 * @param format its versions and keys
 * @param keys those it was opened with, in the log's order
 * @param stateSize tree size of the snapshot of derived state, 0 where there was none
 * @param forcedSize tree size up to which full tiles are durable
 */
record Recovered(
    Segments segments,
    Disk.AppendFile file,
    List<LogTree> trees,
    Recorded recorded,
    CheckpointHistory history,
    Optional<CheckpointPair> checkpoint,
    LogFormat format,
    LogKeys keys,
    long stateSize,
    long forcedSize) {

  Recovered {
    trees = List.copyOf(trees);
  }

  Recovered withFormat(LogFormat other) {
    return new Recovered(
        segments, file, trees, recorded, history, checkpoint, other, keys, stateSize, forcedSize);
  }

  long size() {
    return segments.active().nextLeaf();
  }
}
