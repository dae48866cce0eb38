// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole numbers as ranges, 16 bytes each. Holds a bounded number of ranges and forgets the lowest
 * beyond it. Not thread-safe.
 */
final class NumberSet {

  /** Numbers from the first to the last, both among them. */
  record Range(long first, long last) {}

  private final int capacity;

  /** First and last number of each range in turn, rising, with a number between two ranges. */
  private long[] bounds = new long[2];

  private int size;

  NumberSet(int capacity) {
    this.capacity = capacity;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean contains(long number) {
    int at = firstEndingAtOrBehind(number);
    return at < size && first(at) <= number;
  }

  void add(long number) {
    add(number, number);
  }

  /** Adds the numbers of this range. */
  void add(long first, long last) {
    int from = firstEndingAtOrBehind(first - 1);
    int to = from;
    long low = first;
    long high = last;
    while (to < size && first(to) <= last + 1) {
      low = Math.min(low, first(to));
      high = Math.max(high, last(to));
      to++;
    }
    replace(from, to, low, high);
    keepHighest(capacity);
  }

  /** Removes this number; whether it was there. */
  boolean remove(long number) {
    int at = firstEndingAtOrBehind(number);
    if (at == size || first(at) > number) {
      return false;
    }
    long first = first(at);
    long last = last(at);
    if (first == number || last == number) {
      long low = first == number ? number + 1 : first;
      long high = last == number ? number - 1 : last;
      replace(at, at + 1, low, high);
    } else {
      replace(at, at + 1, first, number - 1);
      replace(at + 1, at + 1, number + 1, last);
      keepHighest(capacity);
    }
    return true;
  }

  /** The numbers of this range that are not in the set. */
  List<Range> missing(long first, long last) {
    List<Range> missing = new ArrayList<>();
    long from = first;
    for (int at = firstEndingAtOrBehind(first); at < size && first(at) <= last; at++) {
      if (first(at) > from) {
        missing.add(new Range(from, first(at) - 1));
      }
      from = last(at) + 1;
    }
    if (from <= last) {
      missing.add(new Range(from, last));
    }
    return missing;
  }

  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>(size);
    for (int at = 0; at < size; at++) {
      ranges.add(new Range(first(at), last(at)));
    }
    return ranges;
  }

  void clear() {
    size = 0;
    bounds = new long[2];
  }

  /** Forgets all but so many ranges. */
  void keepHighest(int most) {
    if (size > most) {
      bounds = Arrays.copyOfRange(bounds, 2 * (size - most), 2 * size);
      size = most;
    }
  }

  private long first(int at) {
    return bounds[2 * at];
  }

  private long last(int at) {
    return bounds[2 * at + 1];
  }

  /** The first range that ends at this number or behind it. */
  private int firstEndingAtOrBehind(long number) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Puts this range in the place of those from one to before another; an empty one is left out. */
  private void replace(int from, int to, long first, long last) {
    int more = (first <= last ? 1 : 0) - (to - from);
    if (2 * (size + more) > bounds.length) {
      bounds = Arrays.copyOf(bounds, bounds.length * 2);
    }
    System.arraycopy(bounds, 2 * to, bounds, 2 * (to + more), 2 * (size - to));
    size += more;
    if (first <= last) {
      bounds[2 * from] = first;
      bounds[2 * from + 1] = last;
    }
  }
}
