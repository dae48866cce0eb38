// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known about a source. Numbers count from the start of the collector; when a source was
 * last heard of and whether it is silent outlives it.
 *
 * @param source name in event positions, for example {@code syslog-tls/10.0.0.7}
 * @param hosts distinct hosts named in its events, counted up to the limit of tracked hosts
 * @param lastSeen when the last record arrived; empty where none has yet
 * @param events records that became events
 * @param rejects records that did not and are kept as pipeline errors
 * @param duplicates records that were accepted before under the same client id
 * @param gaps jumps in the sequence numbers that its hosts send
 * @param perMinute records per minute, averaged over about the last minute
 * @param silent whether a silence is reported and not over
 * @param clockSkewMicros of the last event beyond the allowed skew: event time minus receipt
 * @param lastReject code and reason of the last reject
 */
public record SourceStatus(
    String source,
    int hosts,
    Optional<Instant> lastSeen,
    long events,
    long rejects,
    long duplicates,
    long gaps,
    double perMinute,
    boolean silent,
    Optional<Long> clockSkewMicros,
    Optional<String> lastReject) {}
