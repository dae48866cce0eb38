// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * A source: its place in the order of its records and what is known about it. The order is guarded
 * by {@link #lock}, which is held from numbering a record until the spool has it, so that the
 * spool's order is the order of numbers; that may take long. What is known is guarded by the
 * monitor, which nobody holds while waiting.
 */
final class SourceState {

  /** Longest host name that is told apart (RFC 5424 section 6.2.4). */
  private static final int MAX_HOST_NAME = 255;

  private static final int MAX_GAPS = 64;

  final String name;
  final ReentrantLock lock = new ReentrantLock();
  private final Rhythm rhythm = new Rhythm();
  private final Map<String, HostState> hosts = new HashMap<>();
  private final SourceCounts counts = new SourceCounts();
  private final Deque<SelfReport.Gap> unreportedGaps = new ArrayDeque<>();
  private final HostPlaces.Share places;

  long nextSequence = 1;

  SourceState(String name, HostPlaces.Share places) {
    this.name = name;
    this.places = places;
  }

  /** Notes a batch that the spool has taken; answers how long the silence was that it ends. */
  synchronized @Nullable Duration taken(Batch batch, Instant now) {
    nextSequence = batch.nextSequence();
    counts.add(batch, now);
    return rhythm.heard(now);
  }

  /** Notes a batch that the spool has taken; answers what is to be reported about it. */
  synchronized List<SelfReport> taken(Channel channel, Batch batch, Instant now) {
    List<SelfReport> reports = new ArrayList<>();
    Duration silence = taken(batch, now);
    if (silence != null) {
      reports.add(new SelfReport.Resumed(name, null, silence));
    }
    for (Event event : batch.events()) {
      HostState host = host(event.text(Field.HOST_NAME));
      if (host != null) {
        Duration own = host.rhythm.heard(now);
        if (own != null) {
          String hostName = event.text(Field.HOST_NAME);
          reports.add(new SelfReport.Resumed(name + "#" + hostName, hostName, own));
        }
        host.arrived(channel, event);
      }
    }
    return reports;
  }

  /** The state of this host; null where it is not told apart. */
  private @Nullable HostState host(@Nullable String hostName) {
    if (hostName == null || hostName.length() > MAX_HOST_NAME) {
      return null;
    }
    HostState known = hosts.get(hostName);
    if (known == null && places.take()) {
      known = new HostState();
      hosts.put(hostName, known);
    }
    return known;
  }

  synchronized void ended(Channel channel, boolean inOrder) {
    hosts.values().forEach(host -> host.ended(channel, inOrder));
  }

  synchronized void expectFrom(Instant now) {
    rhythm.expectFrom(now);
  }

  /** What time has shown by now; each report is handed on until it is taken. */
  synchronized void report(Instant now, SilencePolicy policy, Predicate<SelfReport> report) {
    hosts.forEach((hostName, host) -> findGaps(hostName, host, now));
    while (!unreportedGaps.isEmpty() && report.test(unreportedGaps.getFirst())) {
      unreportedGaps.removeFirst();
    }
    reportSilence(rhythm, name, null, now, policy, report);
    // Where a source speaks for itself alone, its silence and its host's are the same.
    if (!rhythm.silent() && hosts.size() > 1) {
      hosts.forEach(
          (hostName, host) ->
              reportSilence(host.rhythm, name + "#" + hostName, hostName, now, policy, report));
    }
  }

  private void findGaps(String hostName, HostState host, Instant now) {
    for (NumberSet.Range missing : host.missing(now)) {
      counts.gaps++;
      if (unreportedGaps.size() < MAX_GAPS) {
        unreportedGaps.addLast(
            new SelfReport.Gap(name + "#" + hostName, hostName, missing.first(), missing.last()));
      }
    }
  }

  private static void reportSilence(
      Rhythm rhythm,
      String origin,
      @Nullable String hostName,
      Instant now,
      SilencePolicy policy,
      Predicate<SelfReport> report) {
    Duration silence = rhythm.unreportedSilence(now, policy, policy.expected().get(origin));
    if (silence != null && report.test(new SelfReport.Silent(origin, hostName, silence))) {
      rhythm.silenceReported(true);
    }
  }

  synchronized SourceMemory memory() {
    Map<String, SourceMemory.Host> remembered = new HashMap<>();
    hosts.forEach(
        (hostName, host) ->
            remembered.put(hostName, new SourceMemory.Host(host.rhythm.memory(), host.marks())));
    return new SourceMemory(name, rhythm.memory(), remembered);
  }

  /** Takes up what was known before a restart. */
  synchronized void restore(SourceMemory memory) {
    rhythm.restore(memory.rhythm());
    memory
        .hosts()
        .forEach(
            (hostName, remembered) -> {
              HostState host = host(hostName);
              if (host != null) {
                host.restore(remembered);
              }
            });
  }

  /** Takes up an event from before the restart. */
  synchronized void recall(Event event) {
    rhythm.recall(event.received());
    HostState host = host(event.text(Field.HOST_NAME));
    if (host != null) {
      host.recall(event);
    }
  }

  /** Takes up a report from before the restart: silence of the source or, where named, its host. */
  synchronized void recallSilence(@Nullable String hostName, boolean goesOn) {
    HostState host = hostName == null ? null : host(hostName);
    if (host != null) {
      host.rhythm.silenceReported(goesOn);
    } else if (hostName == null) {
      rhythm.silenceReported(goesOn);
    }
  }

  synchronized void watchFrom(Instant now) {
    rhythm.watchFrom(now);
    hosts.values().forEach(host -> host.rhythm.watchFrom(now));
  }

  void forget() {
    places.giveBack();
  }

  synchronized @Nullable Instant lastHeard() {
    return rhythm.lastHeard();
  }

  synchronized SourceStatus status(Instant now) {
    return new SourceStatus(
        name,
        hosts.size(),
        Optional.ofNullable(rhythm.lastHeard()),
        counts.events,
        counts.rejects,
        counts.duplicates,
        counts.gaps,
        counts.perMinute(now),
        rhythm.silent(),
        Optional.ofNullable(counts.clockSkew),
        Optional.ofNullable(counts.lastReject));
  }
}
