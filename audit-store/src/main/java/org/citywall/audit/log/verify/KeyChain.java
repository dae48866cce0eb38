// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;

/** Which key signs for a tree at which size of the log. */
final class KeyChain {

  private final LogFormat format;

  KeyChain(LogFormat format) {
    this.format = format;
  }

  /** The key that has to sign a checkpoint of this size. */
  VerifierKey at(TreeHash tree, long size) {
    VerifierKey key = format.chain(tree).getFirst().key();
    for (LogFormat.KeyPeriod period : format.chain(tree)) {
      if (period.leaf() < size) {
        key = period.key();
      }
    }
    return key;
  }
}
