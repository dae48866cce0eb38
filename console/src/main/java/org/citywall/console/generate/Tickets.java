// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Micros;

/** Approvals that were given for what is staged. */
final class Tickets {

  /**
   * An approval.
   *
   * @param kind as in {@code context.yaml}, in upper case
   * @param subject account, source, address, key or project it is for
   */
  record Ticket(String id, String kind, String subject, long quota, long from, long to) {}

  private final List<Ticket> tickets = new ArrayList<>();

  /** Gives an approval for some time around these moments, in microseconds since the epoch. */
  String give(String kind, String subject, long quota, long from, long to) {
    String id = "GD-" + (10_001 + tickets.size());
    tickets.add(
        new Ticket(
            id,
            kind,
            subject,
            quota,
            Micros.of(Micros.toInstant(from).minus(Duration.ofMinutes(30))),
            Micros.of(Micros.toInstant(to).plus(Duration.ofHours(1)))));
    return id;
  }

  List<Ticket> all() {
    return List.copyOf(tickets);
  }
}
