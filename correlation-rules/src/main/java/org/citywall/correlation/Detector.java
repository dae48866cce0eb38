// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Turns events into signals. State is bounded and ordered by event time for each key. Windows are
 * rebuilt exactly when entries are read again from {@link #basis()}; what lasts as long as an
 * attack is told by {@link #pieces} and given back when the detector is made.
 */
interface Detector {

  void observe(Observation observation, ContextIndex context, Consumer<Signal> signals);

  /** Time passed: {@code clock} in microseconds, told by the entry at {@code leaf}. */
  void tick(long clock, long leaf, Consumer<Signal> signals);

  /** A rule concluded this from a signal of any detector. */
  default void concluded(Finding finding, Consumer<Signal> signals) {}

  /** Smallest leaf that live windows depend on; {@code Long.MAX_VALUE} without any. */
  long basis();

  /** Forgets what lasts of entries whose payload was destroyed. */
  default void forget(LongPredicate destroyed) {}

  /** Adds every living piece of lasting state. */
  default void pieces(LastingPieces pieces) {}

  /** Live keys. */
  int size();

  /** Keys dropped because the bound was reached. */
  long evictions();

  /** Events too late for the windows of their key. */
  long late();
}
