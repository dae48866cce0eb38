// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Looks for one scenario among facts. It is given them in the order of event time, each once; what
 * it remembers is bounded and lasts.
 */
interface Watch {

  /** The kinds of fact that it looks at. */
  Set<FactKind> kinds();

  void see(Fact fact, ContextIndex context, Crossings out);

  /** Forgets what comes from entries whose payload was destroyed. */
  void forget(LongPredicate destroyed);

  /** Drops what nobody touched for longer than matters. */
  void expire(long clock);

  /** Adds every living piece of its state. */
  void pieces(LastingPieces pieces);

  /** Live keys. */
  int size();

  /** Keys dropped because the bound was reached. */
  long evictions();
}
