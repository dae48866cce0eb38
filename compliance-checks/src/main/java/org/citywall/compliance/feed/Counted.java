// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

import java.util.List;

/**
 * What the platform counted.
 *
 * @param good how many are as they should be, 0..of
 * @param of how many there are; 0 where there is nothing to judge
 * @param query what was counted and how, for who counts again
 * @param leaves entries of the log that it rests on, ascending
 */
public record Counted(long good, long of, String query, List<Long> leaves) {

  public Counted {
    leaves = List.copyOf(leaves);
    if (good < 0 || good > of) {
      throw new IllegalArgumentException(good + " of " + of);
    }
  }
}
