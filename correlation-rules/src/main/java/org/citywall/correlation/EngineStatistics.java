// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What an engine did since it was made.
 *
 * @param events events, decisions and completions seen
 * @param alerts alerts raised, by rule id
 * @param openAlerts alerts that can still grow
 * @param keys live keys of all windows
 * @param evictions keys and open alerts dropped because a bound was reached: detection was blind
 *     for these, raise {@link EngineOptions#maxKeys()}
 * @param late events too late for the windows of their key, or duplicates
 * @param aheadOfClock events dated after their receipt by more than the allowed skew
 * @param ruleFailures signals whose evaluation failed, see the log for {@code COR-0005}
 * @param compileTime what it took to compile the rules in force
 * @param contextVersion context in force
 * @param lastLeaf last entry seen, -1 before the first
 * @param sigma what its Sigma rules did
 * @param watermarks latest event time seen, by source; sources beyond 10,000 are not followed
 */
public record EngineStatistics(
    long events,
    long ticks,
    long signals,
    SortedMap<String, Long> alerts,
    int openAlerts,
    int keys,
    long evictions,
    long late,
    long aheadOfClock,
    long ruleFailures,
    Duration compileTime,
    String contextVersion,
    long lastLeaf,
    SortedMap<String, Instant> watermarks,
    SigmaStatistics sigma) {}
