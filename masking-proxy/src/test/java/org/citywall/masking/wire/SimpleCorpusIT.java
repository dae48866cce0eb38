// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/** The corpora by simple queries. */
class SimpleCorpusIT extends JdbcCorpus {

  SimpleCorpusIT() {
    super("preferQueryMode=simple");
  }
}
