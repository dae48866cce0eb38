// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.Instant;
import org.citywall.correlation.Alert;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;

/**
 * An incident as a row of the queue.
 *
 * @param version counts officers' decisions; what a decision was made on is sent back with it
 * @param ruleId rule that raised it
 * @param groupKey what its alerts have in common, for example an address and an account
 * @param alert the gravest of its alerts, which names it; without its leaves
 * @param eventCount entries behind it, also those no longer listed
 * @param raisedAt when it was raised, by this platform's clock
 */
public record IncidentSummary(
    IncidentId id,
    IncidentState state,
    long version,
    Severity severity,
    String ruleId,
    String ruleVersion,
    String groupKey,
    Alert alert,
    Instant firstSeen,
    Instant lastSeen,
    long eventCount,
    @Nullable String assignee,
    Instant raisedAt) {}
