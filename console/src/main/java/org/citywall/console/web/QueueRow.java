// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import org.citywall.console.incident.IncidentSummary;

/** An incident in the queue with its title in the reader's language. */
record QueueRow(IncidentSummary incident, String title) {

  public String id() {
    return incident.id().number();
  }
}
