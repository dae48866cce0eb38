// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.concurrent.CompletableFuture;

/** Keeps what is decided and done. Its methods return at once; safe for use by several threads. */
public interface Recorder {

  /** Keeps a decision; the result is done when it is durable, and failed where it will not be. */
  CompletableFuture<Void> decided(Decision decision);

  /** Keeps how a statement ended. */
  void completed(Completion completion);

  /** Keeps that a budget of look-ups nears its end, or was found to be spent. */
  void budget(BudgetNotice notice);

  /** Keeps that somebody logged in. */
  void loggedIn(Access access);

  /** Keeps that somebody did not. */
  void refused(String user, String address, String reason);
}
