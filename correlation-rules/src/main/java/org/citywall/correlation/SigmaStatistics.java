// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Sigma rules of an engine did since it was made.
 *
 * @param rules rules and correlations that run
 * @param version name of the set that runs
 * @param evaluatedLeaf last entry that all rules were evaluated on, -1 before the first
 * @param evaluatedUntil receipt of that entry
 * @param hits hits at or above the floor
 * @param belowFloor hits that raised nothing because their level is below the floor
 * @param duplicates events that came twice and were counted once
 * @param waiting events that wait for late ones before correlations count them
 * @param groups groups of events that correlations remember
 * @param kept events that a restart would need, and finds in the lasting state
 * @param evictions groups and kept events let go because there were too many
 * @param late events that came after younger ones of their group were counted
 * @param hurried events counted before late ones could come, because too many waited
 * @param regexesGivenUp searches given up because they read too much, each a possible miss
 * @param proven rules that fired on the event made for them
 * @param unproven rules for which no event could be made, so nobody knows
 * @param dead ids of rules that did not fire on the event made for them
 */
public record SigmaStatistics(
    int rules,
    String version,
    long evaluatedLeaf,
    @Nullable Instant evaluatedUntil,
    long hits,
    long belowFloor,
    long duplicates,
    int waiting,
    int groups,
    int kept,
    long evictions,
    long late,
    long hurried,
    long regexesGivenUp,
    int proven,
    int unproven,
    List<String> dead) {

  public SigmaStatistics {
    dead = List.copyOf(dead);
  }
}
