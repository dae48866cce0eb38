// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.List;

/**
 * What correlations need of an event that waits for its turn; the event itself is not kept.
 *
 * @param micros when it happened
 * @param event the caller's number of it
 * @param who whom or what it is about, in the caller's words
 * @param uses every way in which a correlation may count it, in the order of correlations and
 *     within one from the last rule to the first
 */
record CorrelationEvent(long micros, long event, String who, List<Use> uses)
    implements Comparable<CorrelationEvent> {

  /**
   * An event as one that matched a rule of a correlation.
   *
   * @param correlation number of the correlation
   * @param rule position of the rule there
   * @param key digest that tells its group from the others of this correlation; empty for all
   * @param value what is counted or calculated with
   * @param matched false where it counts only if the correlation of that name holds
   * @param group values of the fields of the group
   */
  record Use(
      int correlation, int rule, String key, String value, boolean matched, List<String> group) {}

  CorrelationEvent {
    uses = List.copyOf(uses);
  }

  @Override
  public int compareTo(CorrelationEvent other) {
    int order = Long.compare(micros, other.micros);
    return order != 0 ? order : Long.compare(event, other.event);
  }
}
