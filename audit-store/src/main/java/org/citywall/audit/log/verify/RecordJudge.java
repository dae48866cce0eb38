// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.TreeHasher;
import org.jspecify.annotations.Nullable;

/** Says of a record what can be said without its neighbours. Safe for use by several threads. */
final class RecordJudge {

  /**
   * A record and what was found.
   *
   * @param leafHashes its hash in each tree, one after the other
   * @param envelope what the leaf says, or null where it cannot be read
   * @param fault what is wrong with it, or null
   */
  record Judged(
      SegmentWalk.Stored stored,
      byte[] leafHashes,
      @Nullable Envelope envelope,
      @Nullable String fault) {}

  private final List<TreeHash> trees;

  RecordJudge(List<TreeHash> trees) {
    this.trees = List.copyOf(trees);
  }

  List<Judged> judge(List<SegmentWalk.Stored> batch) {
    List<TreeHasher> hashers = trees.stream().map(TreeHash::hasher).toList();
    List<Judged> judged = new ArrayList<>(batch.size());
    for (SegmentWalk.Stored stored : batch) {
      byte[] hashes = new byte[hashers.size() * Hash.BYTES];
      for (int i = 0; i < hashers.size(); i++) {
        hashers.get(i).leaf(stored.envelope(), hashes, i * Hash.BYTES);
      }
      judged.add(judge(stored, hashes));
    }
    return judged;
  }

  private Judged judge(SegmentWalk.Stored stored, byte[] hashes) {
    Envelope envelope = null;
    try {
      envelope = Envelope.decode(stored.envelope());
      return new Judged(stored, hashes, envelope, fault(stored, envelope));
    } catch (PlatformException e) {
      return new Judged(stored, hashes, envelope, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String fault(SegmentWalk.Stored stored, Envelope envelope) {
    if (envelope.version() > trees.size()) {
      return "an envelope of version " + envelope.version() + " in a log of one tree";
    }
    if (!envelope.commitsTo(stored.salt(), stored.payload())) {
      return "the payload is not what was committed to";
    }
    Event event = Event.decode(stored.payload());
    boolean agrees =
        event.id().equals(envelope.id())
            && event.timestampMicros() == envelope.timestampMicros()
            && event.receivedMicros() == envelope.receivedMicros()
            && event.position().equals(envelope.position());
    return agrees ? null : "envelope and payload disagree";
  }
}
