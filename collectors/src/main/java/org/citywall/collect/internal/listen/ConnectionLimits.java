// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.time.Duration;

/**
 * What a peer may use.
 *
 * @param connections open at a time, of all peers
 * @param connectionsPerPeer open at a time, of one address
 * @param idle how long a connection may say nothing between records
 * @param record how long a record may take from its first byte to its last
 */
public record ConnectionLimits(
    int connections, int connectionsPerPeer, Duration idle, Duration record) {}
