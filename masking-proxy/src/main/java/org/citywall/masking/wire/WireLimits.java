// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;

/**
 * What one client may take of the proxy.
 *
 * @param connections at a time, of all clients
 * @param statementBytes of a message that carries a statement
 * @param messageBytes of any other message
 * @param logIn until the log-in must be over
 * @param idle without a message from the client, when nothing runs
 */
public record WireLimits(
    int connections, int statementBytes, int messageBytes, Duration logIn, Duration idle) {

  public static final WireLimits DEFAULT =
      new WireLimits(1000, 1 << 20, 16 << 20, Duration.ofSeconds(30), Duration.ofHours(8));
}
