// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.incident.Incident;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what the page of an incident shows; its events are read from the log. */
@Component
final class IncidentPages {

  /** Events of one page. */
  static final int EVENTS = 50;

  private static final int BUCKETS = 96;
  private static final int CHART_HEIGHT = 92;

  private final Incidents incidents;
  private final EvidenceLog log;
  private final ZoneId zone;

  IncidentPages(Incidents incidents, ConsoleRuntime runtime) {
    this.incidents = incidents;
    this.log = runtime.log();
    this.zone = runtime.zone();
  }

  /** The incident with a page of its events, those behind this leaf. */
  IncidentView of(IncidentId id, Locale locale, long afterLeaf) {
    Incident incident = incidents.get(id);
    List<LoggedEntry> sample = incident.leaves().stream().map(log::read).toList();
    List<Long> leaves = incidents.leaves(id, afterLeaf, EVENTS + 1);
    List<LoggedEntry> shown = leaves.stream().limit(EVENTS).map(log::read).toList();
    return new IncidentView(
        incident,
        IncidentText.of(incident.summary(), locale),
        Facts.of(sample),
        timeline(sample, new Display(locale, zone)),
        sample.stream().anyMatch(EventLine::isDemo),
        shown.stream().map(EventLine::of).toList(),
        leaves.size() > EVENTS ? leaves.get(EVENTS - 1) : null);
  }

  private @Nullable Chart timeline(List<LoggedEntry> entries, Display display) {
    if (entries.size() < 2) {
      return null;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (LoggedEntry entry : entries) {
      first = Math.min(first, entry.event().timestamp().getEpochSecond());
      last = Math.max(last, entry.event().timestamp().getEpochSecond());
    }
    long interval = Math.max(1, (last - first) / BUCKETS + 1);
    Long[] counts = new Long[(int) ((last - first) / interval) + 1];
    Arrays.fill(counts, 0L);
    for (LoggedEntry entry : entries) {
      counts[(int) ((entry.event().timestamp().getEpochSecond() - first) / interval)]++;
    }
    Histogram histogram =
        new Histogram(
            Instant.ofEpochSecond(first),
            Duration.ofSeconds(interval),
            List.of(counts),
            log.size());
    return new ChartMaker(display, zone, CHART_HEIGHT).bars(histogram, (from, to) -> "");
  }
}
