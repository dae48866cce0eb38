// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/** The corpora by extended queries, results as text. */
class ExtendedCorpusIT extends JdbcCorpus {

  ExtendedCorpusIT() {
    super("preferQueryMode=extended", "binaryTransfer=false");
  }
}
