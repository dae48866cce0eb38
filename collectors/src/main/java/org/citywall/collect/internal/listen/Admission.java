// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.citywall.collect.CollectorConfig.ConnectionLimits;

/**
 * Who may connect: so many connections of all ports together, so many of one address. Of IPv6 the
 * first 64 bits count as the address, because a single host chooses the others itself. Safe for use
 * by several threads.
 */
final class Admission {

  private static final int NETWORK_BYTES = 8;

  private final ConnectionLimits limits;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private int total;

  Admission(ConnectionLimits limits) {
    this.limits = limits;
  }

  /** Counts a connection of this peer, or refuses it. */
  synchronized boolean admit(InetAddress peer) {
    InetAddress network = network(peer);
    int ofPeer = open.getOrDefault(network, 0);
    if (total >= limits.total() || ofPeer >= limits.perAddress()) {
      return false;
    }
    open.put(network, ofPeer + 1);
    total++;
    return true;
  }

  /** A connection that was admitted has ended. */
  synchronized void release(InetAddress peer) {
    open.computeIfPresent(network(peer), (network, count) -> count == 1 ? null : count - 1);
    total--;
  }

  private static InetAddress network(InetAddress peer) {
    if (!(peer instanceof Inet6Address)) {
      return peer;
    }
    byte[] bytes = peer.getAddress();
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }
}
