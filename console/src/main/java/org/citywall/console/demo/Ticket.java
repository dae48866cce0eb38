// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Instant;

/**
 * An approval to do what would otherwise be out of order.
 *
 * @param quota rows that may be exported, 0 where the ticket is about something else
 */
public record Ticket(
    String id, String account, TicketKind kind, long quota, Instant from, Instant until) {}
