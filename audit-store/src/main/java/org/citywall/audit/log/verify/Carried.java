// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.List;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a verification knows at one leaf and that whoever goes on from there needs.
 *
 * @param keys the first key of each tree, by which a log is told from any other
 * @param finished whether every check was made up to the leaf; else the verification was
 *     interrupted there
 * @param basis what a verification that goes on from here rests on; null where an interrupted one
 *     rests on nothing
 */
record Carried(List<String> keys, boolean finished, @Nullable Basis basis, Walked walked) {

  Carried {
    keys = List.copyOf(keys);
  }

  /**
   * A verification that was concluded.
   *
   * @param entries leaves that it covers
   */
  record Basis(Verdict verdict, long entries, Mark mark) {}

  /**
   * How far the records were read.
   *
   * @param leaf the next one
   * @param segment first leaf of the segment it stands in
   * @param position byte in that segment
   * @param checked entries that were checked
   */
  record Walked(
      long leaf,
      long segment,
      long position,
      long checked,
      Forest.Grown trees,
      OffsetCheck.Known offsets,
      SourceOrder.Seen sources,
      PayloadTally.Counted payloads,
      List<KeyChange> changes,
      Findings.OfRecords findings) {

    Walked {
      changes = List.copyOf(changes);
    }

    /** Where a verification of a whole log begins. */
    static Walked nothing(List<TreeHash> trees) {
      return new Walked(
          0,
          0,
          SegmentWalk.HEADER,
          0,
          Forest.Grown.none(trees),
          OffsetCheck.Known.NONE,
          SourceOrder.Seen.NOTHING,
          PayloadTally.Counted.NOTHING,
          List.of(),
          Findings.OfRecords.NONE);
    }

    /** The same for a verification that reports what comes after and nothing of what was before. */
    Walked concluded() {
      return new Walked(
          leaf,
          segment,
          position,
          0,
          trees,
          offsets,
          sources.concluded(),
          payloads.concluded(),
          changes,
          Findings.OfRecords.NONE);
    }
  }
}
