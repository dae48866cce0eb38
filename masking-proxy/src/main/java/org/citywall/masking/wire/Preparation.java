// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * A text that was sent under a statement's name, by the verdict on it, and what is known of the
 * provenance of what it returns. Confined to the session's event loop.
 */
final class Preparation {

  private final Prepared.Judged judged;
  private final Description description;
  private boolean skipped;

  Preparation(Prepared.Judged judged) {
    this.judged = judged;
    this.description = new Description(judged.rights());
  }

  Prepared.Judged judged() {
    return judged;
  }

  Description description() {
    return description;
  }

  /** The database did not parse it. */
  void skip() {
    skipped = true;
  }

  boolean skipped() {
    return skipped;
  }
}
