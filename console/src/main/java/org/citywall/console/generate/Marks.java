// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.HexFormat;

/** Stand-ins for keyed digests: 32 hexadecimal digits that follow from a seed and a value. */
final class Marks {

  private static final HexFormat HEX = HexFormat.of();

  private final long key;

  Marks(long key) {
    this.key = mix(key ^ 0x9e3779b97f4a7c15L);
  }

  String of(String kind, long value) {
    long high = mix(key ^ kind.hashCode() * 0x632be59bd9b4e019L ^ value);
    return HEX.toHexDigits(high) + HEX.toHexDigits(mix(high + value * 3 + 1));
  }

  String of(String kind, String value) {
    long sum = 7;
    for (int i = 0; i < value.length(); i++) {
      sum = mix(sum * 31 + value.charAt(i));
    }
    return of(kind, sum);
  }

  /** A number that looks random and is always the same. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
