// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import org.citywall.console.Actor;

/**
 * Records in the evidence log what people look at and take out. The entry is durable before the
 * call returns; where the log takes nothing the call fails with {@code CON-0002} and the page must
 * not show the data.
 */
public interface AuditTrail {

  /** Somebody asked the log: the query as typed, and what range and filter the page adds to it. */
  void searched(Actor actor, String query);

  /**
   * Somebody takes data out.
   *
   * @param what page or kind of data, for example {@code search.csv}
   */
  void exported(Actor actor, String what, String query);

  /** Somebody opened one entry of the log with its content. */
  void opened(Actor actor, long leaf);
}
