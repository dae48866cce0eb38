// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.citywall.masking.policy.LookUpRight;

/**
 * Counts values that are looked up. Its methods return at once; safe for use by several threads.
 */
@FunctionalInterface
public interface LookUpBook {

  /** What came of a wish to look values up. */
  sealed interface Outcome {

    /**
     * They are counted for good.
     *
     * @param traces what stands for each value in the record
     */
    record Counted(List<LookUpTrace> traces) implements Outcome {

      public Counted {
        traces = List.copyOf(traces);
      }
    }

    /** A budget does not hold all values of a column; from the moment named on there is another. */
    record Spent(LookUpRight right, Instant refill) implements Outcome {}
  }

  /**
   * Counts values of one statement, hit or miss. The result is done when that is durable; it fails
   * where they cannot be counted. What was counted stays so, whatever becomes of the statement.
   */
  CompletableFuture<Outcome> count(Access access, List<LookedUp> values);
}
