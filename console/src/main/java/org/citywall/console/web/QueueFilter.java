// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentState;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the queue shows, as its address says it. Words that mean nothing count as absent.
 *
 * @param state open, closed, all or the name of one state
 * @param severity name of the least severity to show, or null for any
 * @param mine only the reader's own
 */
public record QueueFilter(String state, @Nullable String severity, boolean mine) {

  static QueueFilter of(@Nullable String state, @Nullable String severity, boolean mine) {
    String wanted = state == null ? "open" : state.toLowerCase(Locale.ROOT);
    boolean known = Set.of("open", "closed", "all").contains(wanted) || stateNamed(wanted) != null;
    return new QueueFilter(
        known ? wanted : "open", least(severity) == null ? null : severity, mine);
  }

  IncidentFilter filter(String reader) {
    return new IncidentFilter(states(), severities(), mine ? reader : null);
  }

  /** The query part of an address with this filter, empty or beginning with a question mark. */
  public String getQuery() {
    return query(null);
  }

  /** As {@link #getQuery} with this incident open. */
  public String query(@Nullable String open) {
    UriComponentsBuilder uri = UriComponentsBuilder.newInstance();
    if (!state.equals("open")) {
      uri.queryParam("state", state);
    }
    if (severity != null) {
      uri.queryParam("severity", severity);
    }
    if (mine) {
      uri.queryParam("mine", true);
    }
    if (open != null) {
      uri.queryParam("open", open);
    }
    return uri.build().encode().toUriString();
  }

  private Set<IncidentState> states() {
    return switch (state) {
      case "open" -> IncidentFilter.OPEN.states();
      case "closed" -> EnumSet.of(IncidentState.RESOLVED, IncidentState.DISMISSED);
      case "all" -> Set.of();
      default -> {
        IncidentState one = stateNamed(state);
        yield one == null ? Set.of() : Set.of(one);
      }
    };
  }

  private Set<Severity> severities() {
    Severity least = least(severity);
    return least == null || least == Severity.LOW
        ? Set.of()
        : EnumSet.range(least, Severity.CRITICAL);
  }

  private static @Nullable IncidentState stateNamed(String name) {
    for (IncidentState state : IncidentState.values()) {
      if (state.name().equalsIgnoreCase(name)) {
        return state;
      }
    }
    return null;
  }

  private static @Nullable Severity least(@Nullable String name) {
    for (Severity severity : Severity.values()) {
      if (severity.name().equalsIgnoreCase(name)) {
        return severity;
      }
    }
    return null;
  }
}
