// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.collect.SilencePolicy;
import org.citywall.collect.SourceStatus;
import org.jspecify.annotations.Nullable;

/**
 * A source: its place in the order of its records and what is known about it. Everything is guarded
 * by {@link #lock}, which is held from numbering a record until the spool has it, so that the
 * spool's order is the order of numbers.
 */
final class SourceState {

  private static final double RATE_WINDOW_MILLIS = 60_000;

  final String name;
  final ReentrantLock lock = new ReentrantLock();
  private final int maxHosts;
  private final Rhythm rhythm = new Rhythm();
  private final Map<String, HostState> hosts = new HashMap<>();

  long nextSequence = 1;
  private long events;
  private long rejects;
  private long duplicates;
  private long gaps;
  private @Nullable Instant lastSeen;
  private double decayedCount;
  private @Nullable Long clockSkew;
  private @Nullable String lastReject;

  SourceState(String name, int maxHosts) {
    this.name = name;
    this.maxHosts = maxHosts;
  }

  /** Notes a batch that the spool has taken; answers what is to be reported about it. */
  List<SelfReport> observe(Batch batch, Instant now) {
    List<SelfReport> reports = new ArrayList<>();
    Duration silence = rhythm.heard(now);
    if (silence != null) {
      reports.add(new SelfReport.Resumed(name, null, silence));
    }
    for (Outcome outcome : batch.outcomes()) {
      count(outcome);
    }
    for (Event event : batch.events()) {
      observe(event, now, reports);
    }
    decayedCount = rate(now) + batch.outcomes().size();
    lastSeen = now;
    return reports;
  }

  private void count(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted _ -> events++;
      case Outcome.Duplicate _ -> duplicates++;
      case Outcome.Rejected rejected -> {
        rejects++;
        lastReject = rejected.code().id() + " " + rejected.reason();
      }
    }
  }

  private void observe(Event event, Instant now, List<SelfReport> reports) {
    Long skew = event.number(Field.GOV_CLOCK_SKEW);
    if (skew != null) {
      clockSkew = skew;
    }
    String hostName = event.text(Field.HOST_NAME);
    HostState host = hostName == null ? null : host(hostName);
    if (hostName == null || host == null) {
      return;
    }
    Duration silence = host.rhythm.heard(now);
    if (silence != null) {
      reports.add(new SelfReport.Resumed(name + "#" + hostName, hostName, silence));
    }
    HostState.Gap gap = host.gapBefore(event);
    if (gap != null) {
      gaps++;
      reports.add(new SelfReport.Gap(name + "#" + hostName, hostName, gap.from(), gap.to()));
    }
  }

  private @Nullable HostState host(String hostName) {
    HostState known = hosts.get(hostName);
    if (known == null && hosts.size() < maxHosts) {
      known = new HostState();
      hosts.put(hostName, known);
    }
    return known;
  }

  void expectFrom(Instant now) {
    rhythm.expectFrom(now);
  }

  /**
   * Silences to report now: of the source, or of single hosts while the source itself speaks for
   * several. Each is handed to {@code report}, which answers whether it was taken.
   */
  void reportSilences(Instant now, SilencePolicy policy, Predicate<SelfReport> report) {
    Duration silence = rhythm.unreportedSilence(now, policy, policy.expected().get(name));
    if (silence != null && report.test(new SelfReport.Silent(name, null, silence))) {
      rhythm.silenceReported();
    }
    if (rhythm.silent() || hosts.size() < 2) {
      return;
    }
    hosts.forEach(
        (hostName, host) -> {
          String origin = name + "#" + hostName;
          Duration own = host.rhythm.unreportedSilence(now, policy, policy.expected().get(origin));
          if (own != null && report.test(new SelfReport.Silent(origin, hostName, own))) {
            host.rhythm.silenceReported();
          }
        });
  }

  SourceStatus status(Instant now) {
    return new SourceStatus(
        name,
        hosts.size(),
        Optional.ofNullable(lastSeen),
        events,
        rejects,
        duplicates,
        gaps,
        rate(now),
        rhythm.silent(),
        Optional.ofNullable(clockSkew),
        Optional.ofNullable(lastReject));
  }

  /** Records of about the last minute: a count that decays with time. */
  private double rate(Instant now) {
    if (lastSeen == null) {
      return 0;
    }
    double age = Math.max(0, Duration.between(lastSeen, now).toMillis());
    return decayedCount * Math.exp(-age / RATE_WINDOW_MILLIS);
  }
}
