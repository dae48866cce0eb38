// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * What a client's messages up to a Sync are taken to have done to statements and portals: the
 * database may skip them, and then what follows the Sync would run something other than what was
 * judged. So the messages behind the Sync wait until the database has answered it. Confined to the
 * session's event loop.
 */
final class Assumptions {

  private final Runnable resume;
  private boolean made;
  private int unanswered;

  /**
   * @param resume takes the messages that waited
   */
  Assumptions(Runnable resume) {
    this.resume = resume;
  }

  /** A message was sent that changes a statement or a portal, if it is not skipped. */
  void make() {
    made = true;
  }

  /** The client's messages up to this Sync were sent. */
  Expected upTo(Expected sync) {
    if (made) {
      made = false;
      unanswered++;
      sync.whenDone(this::answered).whenDropped(this::answered);
    }
    return sync;
  }

  private void answered() {
    unanswered--;
    if (unanswered == 0) {
      resume.run();
    }
  }

  /** Whether it is not known what is true of them. */
  boolean areOpen() {
    return unanswered > 0;
  }
}
