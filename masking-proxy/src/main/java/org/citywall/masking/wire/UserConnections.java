// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Connections that have logged in, by the name of their account. Safe for several threads. */
final class UserConnections {

  private final int most;
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param most of one name
   */
  UserConnections(int most) {
    this.most = most;
  }

  /** Counts one more; false where there are as many as there may be. */
  boolean add(String user) {
    boolean[] added = new boolean[1];
    open.compute(
        user,
        (name, count) -> {
          int now = count == null ? 0 : count;
          added[0] = now < most;
          return added[0] ? Integer.valueOf(now + 1) : count;
        });
    return added[0];
  }

  /** One that was counted has ended. */
  void remove(String user) {
    open.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
