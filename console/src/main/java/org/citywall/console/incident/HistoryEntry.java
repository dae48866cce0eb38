// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.Instant;
import java.util.OptionalLong;
import org.citywall.audit.event.EventId;
import org.jspecify.annotations.Nullable;

/**
 * One thing done to an incident, as the evidence log has it.
 *
 * @param eventId event of the entry
 * @param leaf entry of the log; empty while the log has not taken it
 * @param reason set where the action is DISMISSED
 * @param note what the officer wrote, empty if nothing
 * @param undone whether a later entry took it back
 */
public record HistoryEntry(
    EventId eventId,
    OptionalLong leaf,
    Instant at,
    String actor,
    HistoryAction action,
    IncidentState previousState,
    IncidentState state,
    @Nullable String assignee,
    @Nullable DismissReason reason,
    String note,
    boolean undone) {}
