// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Optional;

/**
 * A log as it was found when it was opened for writing.
 *
 * @param segments its records, the torn tail cut off
 * @param file the last segment, open for appending
 * @param edge its tree over all of {@code size} leaves
 * @param recorded which events are in it
 * @param checkpoint what was signed last
 * @param stateSize tree size of the snapshot of derived state, 0 where there was none
 */
record Recovered(
    Segments segments,
    Disk.AppendFile file,
    TileFiles tiles,
    TreeEdge edge,
    Recorded recorded,
    CheckpointHistory history,
    Optional<Checkpoint> checkpoint,
    long stateSize) {

  long size() {
    return segments.active().nextLeaf();
  }
}
