// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.Locale;
import java.util.Map;
import org.citywall.console.incident.IncidentChange;
import org.citywall.console.incident.Incidents;
import org.citywall.correlation.Severity;
import org.springframework.context.MessageSource;

/** What a browser is told about a change, in its language. */
final class LiveMessages {

  private final Incidents incidents;
  private final MessageSource messages;
  private final Locale locale;

  LiveMessages(Incidents incidents, MessageSource messages, Locale locale) {
    this.incidents = incidents;
    this.messages = messages;
    this.locale = locale;
  }

  Map<String, String> of(IncidentChange.Acted acted) {
    return Map.of(
        "id", acted.id().number(),
        "state", acted.state().name(),
        "severity", acted.severity().name(),
        "severityText", severity(acted.severity()),
        "title", IncidentText.title(incidents.get(acted.id()).summary(), locale));
  }

  Map<String, String> of(IncidentChange.Grew grew) {
    return Map.of(
        "id", grew.id().number(),
        "severity", grew.severity().name(),
        "events", Long.toString(grew.eventCount()));
  }

  private String severity(Severity severity) {
    return messages.getMessage(
        "severity." + severity.name().toLowerCase(Locale.ROOT), null, locale);
  }
}
