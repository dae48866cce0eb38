// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.util.concurrent.CompletableFuture;

/**
 * Counts what one statement uses of limited grants. Its methods return at once; they are called one
 * after the other.
 */
public interface Meter {

  /**
   * Takes what the statement needs before it leaves. Done when that is durable; fails with {@code
   * MSK-0037} where a grant is used up, {@code MSK-0034} where nothing can be counted.
   */
  CompletableFuture<Void> begin();

  /**
   * How many of so many rows may pass now; they count as passed. Where it is less, {@link #more}
   * may get some.
   */
  int pass(int rows);

  /**
   * Takes ahead for more rows. Whether at least one may pass now; false where the cap is reached.
   */
  CompletableFuture<Boolean> more();

  /** Gives back what was taken ahead. Nothing passes from now on. */
  void end();
}
