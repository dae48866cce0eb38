// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rule concludes from a signal, with the figures for the texts. Filled by a rule only. */
public final class Finding {

  private final String ruleId;
  private final String variant;
  private final Signal signal;
  private final SortedMap<String, String> figures = new TreeMap<>();
  private final SortedMap<String, Long> sums = new TreeMap<>();

  Finding(String ruleId, String variant, Signal signal) {
    this.ruleId = ruleId;
    this.variant = variant;
    this.signal = signal;
  }

  /** Sets a figure; a later finding of the same alert replaces it. */
  public Finding with(String name, Object value) {
    figures.put(name, String.valueOf(value));
    return this;
  }

  /** Adds to a figure that is summed over all findings of the alert. */
  public Finding add(String name, long amount) {
    sums.merge(name, amount, Long::sum);
    return this;
  }

  String ruleId() {
    return ruleId;
  }

  String variant() {
    return variant;
  }

  Signal signal() {
    return signal;
  }

  SortedMap<String, String> figures() {
    return Collections.unmodifiableSortedMap(figures);
  }

  SortedMap<String, Long> sums() {
    return Collections.unmodifiableSortedMap(sums);
  }
}
