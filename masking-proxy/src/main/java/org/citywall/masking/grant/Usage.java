// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.util.concurrent.CompletableFuture;

/**
 * Counts what is limited: uses of a grant, rows under it, look-ups of a day. Whatever fails, never
 * more is taken of a key than its limit; less is possible. Its methods return at once; safe for use
 * by several threads.
 */
public interface Usage extends AutoCloseable {

  /**
   * What came of a wish to take.
   *
   * @param count what was taken: 0, or from the least to the most that was wished
   * @param left what may still be taken under the limit of the wish
   */
  record Taken(long count, long left) {}

  /**
   * Takes as much as is left, at most {@code most}, and nothing where less than {@code least} is
   * left. The result is done when it is durable; it fails with {@code MSK-0034} where it may not
   * become so, and then what was wished may be counted and is not to be used.
   *
   * @param limit of all that is ever taken of the key, from 0
   * @param least from 1
   */
  CompletableFuture<Taken> take(UsageKey key, long limit, long least, long most);

  /** Takes all of it or nothing. */
  default CompletableFuture<Taken> take(UsageKey key, long limit, long count) {
    return take(key, limit, count, count);
  }

  /**
   * Gives back what was taken and certainly not used. Where that fails it stays taken.
   *
   * @param count from 1, at most what the caller took
   */
  void giveBack(UsageKey key, long count);

  /** What may still be taken of a key under this limit; another may take it before you do. */
  CompletableFuture<Long> left(UsageKey key, long limit);

  /**
   * Forgets what expired long ago and can never be taken again; to be called once a day. Where that
   * fails it stays and is logged.
   */
  default void forget() {}

  @Override
  void close();
}
