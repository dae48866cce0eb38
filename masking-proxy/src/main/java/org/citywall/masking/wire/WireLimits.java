// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;

/**
 * What clients may take of the proxy and of the database behind it.
 *
 * @param connections at a time, of all clients
 * @param connectionsPerUser at a time, of clients that have logged in by one name
 * @param statementBytes of a message that carries a statement
 * @param messageBytes of any other message
 */
public record WireLimits(
    int connections, int connectionsPerUser, int statementBytes, int messageBytes, Times times) {

  /** Of a message that carries a statement: what the analysers take. */
  public static final int MOST_STATEMENT_BYTES = 1 << 20;

  public static final WireLimits DEFAULT =
      new WireLimits(1000, 1000, MOST_STATEMENT_BYTES, 16 << 20, Times.DEFAULT);

  /**
   * How long something may last; zero where it may last for ever.
   *
   * @param logIn until the log-in is over; never zero
   * @param idle without a message from the client, when nothing runs
   * @param idleInTransaction the same in a transaction
   * @param statement a statement, or the statements of one text, with the sending of its rows
   * @param unread while the client takes nothing of what is sent to it
   */
  public record Times(
      Duration logIn,
      Duration idle,
      Duration idleInTransaction,
      Duration statement,
      Duration unread) {

    public static final Times DEFAULT =
        new Times(
            Duration.ofSeconds(30),
            Duration.ofHours(8),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(5));
  }
}
