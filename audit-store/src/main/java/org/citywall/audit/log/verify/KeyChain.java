// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogFormat.KeyPeriod;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;

/**
 * Which key signs for a tree at which size of the log. The format file states the chain of keys;
 * the entries that announce them, each signed by two neighbours of the chain, prove it. Used by one
 * thread until it is concluded.
 */
final class KeyChain {

  private static final String FILE = "format";

  private final LogFormat format;
  private final Map<Long, KeyChange> announced = new TreeMap<>();

  KeyChain(LogFormat format) {
    this.format = format;
  }

  /** The key that has to sign a checkpoint of this size. */
  VerifierKey at(TreeHash tree, long size) {
    return format.keyAt(tree, size);
  }

  /** Notes what an entry announces; both signatures under it were checked. */
  void announced(long leaf, KeyChange change) {
    announced.put(leaf, change);
  }

  /** Announcements so far, in order. */
  List<KeyChange> changes() {
    return List.copyOf(announced.values());
  }

  /**
   * Reports every key that no entry announces and every announcement that the log does not follow.
   *
   * @param signed leaves that the last checkpoint covers
   */
  void conclude(Findings findings, long signed) {
    for (TreeHash tree : format.trees()) {
      VerifierKey before = null;
      for (KeyPeriod period : format.chain(tree)) {
        if (before != null && !isAnnounced(before, period)) {
          findings.altered(FILE, period.leaf(), -1, "no entry announces the key " + period.key());
        }
        before = period.key();
      }
    }
    announced.forEach(
        (leaf, change) -> {
          if (isStated(leaf, change)) {
            return;
          }
          if (leaf < signed) {
            findings.altered(FILE, leaf, -1, "the log does not follow the change of its keys");
          } else {
            findings.remark(FILE, leaf, -1, "a change of keys that was not finished yet");
          }
        });
  }

  private boolean isAnnounced(VerifierKey before, KeyPeriod period) {
    KeyChange change = announced.get(period.leaf());
    return change != null
        && change.leaf() == period.leaf()
        && change.before().equals(before)
        && change.after().equals(period.key());
  }

  private boolean isStated(long leaf, KeyChange change) {
    return format.periods().stream()
        .anyMatch(period -> period.leaf() == leaf && period.key().equals(change.after()));
  }
}
