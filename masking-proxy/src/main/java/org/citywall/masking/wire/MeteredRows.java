// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import org.citywall.masking.policy.Meter;

/**
 * The rows of one run that counts against limited grants: lets so many begin as the grants allow,
 * and none behind the one that they do not. Confined to the session's event loop.
 */
final class MeteredRows {

  private final Meter meter;
  private int passed;
  private long rest;
  private boolean capped;

  MeteredRows(Meter meter) {
    this.meter = meter;
  }

  CompletableFuture<Void> begin() {
    return meter.begin();
  }

  /** Takes ahead for more rows; done with whether one more may pass. */
  CompletableFuture<Boolean> more() {
    return meter.more();
  }

  /** No row may pass any more. */
  void cap() {
    capped = true;
  }

  boolean isCapped() {
    return capped;
  }

  void end() {
    meter.end();
  }

  /** Rows that began to pass since the last call. */
  int takePassed() {
    int rows = passed;
    passed = 0;
    return rows;
  }

  /** Whether the row that passed last goes on behind what was seen of it. */
  boolean isCut() {
    return rest > 0;
  }

  /**
   * How many bytes of a run of rows, each of which begins with its whole head, may pass now; where
   * it is not all of them, a row begins behind these for which nothing is taken.
   */
  int passing(ByteBuf rows) {
    int start = rows.readerIndex();
    int end = rows.writerIndex();
    int at = start;
    while (at < end && !capped) {
      if (rest == 0) {
        if (meter.pass(1) == 0) {
          break;
        }
        passed++;
        rest = rows.getInt(at + 1) + 1L;
      }
      int piece = (int) Math.min(rest, end - at);
      at += piece;
      rest -= piece;
    }
    return at - start;
  }
}
