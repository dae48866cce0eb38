// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/** The corpora by named statements, results binary from the first time. */
class BinaryCorpusIT extends JdbcCorpus {

  BinaryCorpusIT() {
    super("binaryTransfer=true", "prepareThreshold=-1");
  }
}
