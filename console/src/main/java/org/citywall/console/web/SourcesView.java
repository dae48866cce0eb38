// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.citywall.collect.Collectors;
import org.citywall.collect.SourceStatus;
import org.citywall.collect.SpoolStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What the collector of this process, if it has one, knows about its sources. */
@Component
final class SourcesView {

  private static final double MICROS_PER_SECOND = 1e6;

  private final @Nullable Collectors collectors;

  SourcesView(ObjectProvider<Collectors> collectors) {
    this.collectors = collectors.getIfAvailable();
  }

  /** A source as a row: the broken ones first, then by name. */
  public record Row(SourceStatus status) {

    public String name() {
      return Legible.line(status.source());
    }

    public @Nullable Instant lastSeen() {
      return status.lastSeen().orElse(null);
    }

    /** Seconds by which its clock is wrong, or null. */
    public @Nullable Double skew() {
      return status.clockSkewMicros().map(micros -> micros / MICROS_PER_SECOND).orElse(null);
    }

    public String reject() {
      return status.lastReject().map(Legible::line).orElse("");
    }

    public String getStateKey() {
      return status.silent()
          ? "sources.state.silent"
          : status.lastSeen().isEmpty() ? "sources.state.waiting" : "sources.state.well";
    }

    public String getStateClass() {
      return status.silent() ? "bad" : status.lastSeen().isEmpty() ? "warn" : "good";
    }
  }

  boolean known() {
    return collectors != null;
  }

  List<Row> all() {
    return collectors == null
        ? List.of()
        : collectors.sources().stream()
            .sorted(
                Comparator.comparing(SourceStatus::silent)
                    .reversed()
                    .thenComparing(SourceStatus::source))
            .map(Row::new)
            .toList();
  }

  /** Sources that should be sending and are not. */
  List<Row> broken() {
    return all().stream().filter(row -> row.status().silent()).toList();
  }

  @Nullable SpoolStatus spool() {
    return collectors == null ? null : collectors.spool();
  }
}
