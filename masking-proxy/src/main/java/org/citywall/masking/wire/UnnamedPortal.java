// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * Closes the unnamed portal that a simple query leaves behind when it fails in a transaction: its
 * memory is gone, and PostgreSQL 18 crashes when a client executes it. Confined to the session's
 * event loop.
 */
final class UnnamedPortal {

  private static final String UNNAMED = "";

  private final Pipeline pipeline;
  private final Messages messages;
  private boolean stale;
  private boolean closing;
  private long queries;

  UnnamedPortal(Pipeline pipeline, Messages messages) {
    this.pipeline = pipeline;
    this.messages = messages;
  }

  /** A simple query was sent, and may fail. */
  void queried() {
    stale = true;
    closing = false;
    queries++;
  }

  /** What closes it may have been skipped with all that stands before the Sync. */
  void synced() {
    closing = false;
  }

  /** The client is about to use a portal. */
  void used(String portal) {
    if (portal.equals(UNNAMED) && stale && !closing) {
      closing = true;
      long closed = queries;
      pipeline.add(
          messages.close('P', UNNAMED),
          new Expected(Expected.Kind.CLOSE).hide().whenDone(() -> stale &= closed != queries));
    }
  }
}
