// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.log.Hash;

/**
 * Counts distinct texts by {@value #REGISTERS} registers (HyperLogLog; Flajolet, Fusy, Gandouet,
 * Meunier 2007), which are numbers of a {@link Trail}: their union counts the union. Small numbers
 * are counted by empty registers. The standard error is 1.04 / sqrt({@value #REGISTERS}), 3.3 %.
 */
final class DistinctSketch {

  static final int REGISTERS = 1024;

  private static final int BITS = 10;
  private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

  private DistinctSketch() {}

  /** Counts a text into the registers of a trail. */
  static void add(Trail trail, String text) {
    long hash =
        Long.parseUnsignedLong(Hash.sha256(text.getBytes(UTF_8)).hex().substring(0, 16), 16);
    long register = hash >>> (64 - BITS);
    long rank = Long.numberOfLeadingZeros((hash << BITS) | (1L << (BITS - 1))) + 1;
    if (rank > trail.number(register, 0)) {
      trail.put(register, rank);
    }
  }

  /** About how many distinct texts the trails have counted together. */
  static long estimate(List<Trail> trails) {
    Map<Long, Long> registers = new TreeMap<>();
    for (Trail trail : trails) {
      trail
          .sums(0, REGISTERS)
          .forEach((register, rank) -> registers.merge(register, rank, Math::max));
    }
    int empty = REGISTERS - registers.size();
    double sum = empty;
    for (long rank : registers.values()) {
      sum += 1.0 / (1L << rank);
    }
    double estimate = ALPHA * REGISTERS * REGISTERS / sum;
    if (estimate <= 2.5 * REGISTERS && empty > 0) {
      estimate = REGISTERS * Math.log((double) REGISTERS / empty);
    }
    return Math.round(estimate);
  }
}
