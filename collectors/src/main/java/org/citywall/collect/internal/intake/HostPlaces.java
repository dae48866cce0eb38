// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.concurrent.atomic.AtomicInteger;

/** How many hosts are told apart: of all sources together, and of one. Safe for several threads. */
final class HostPlaces {

  private final AtomicInteger free;
  private final int perSource;

  HostPlaces(int total, int perSource) {
    this.free = new AtomicInteger(total);
    this.perSource = perSource;
  }

  Share share() {
    return new Share();
  }

  /** The places of one source. */
  final class Share {

    private final AtomicInteger taken = new AtomicInteger();

    boolean take() {
      if (taken.get() >= perSource || free.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
        return false;
      }
      taken.incrementAndGet();
      return true;
    }

    void giveBack() {
      free.addAndGet(taken.getAndSet(0));
    }
  }
}
