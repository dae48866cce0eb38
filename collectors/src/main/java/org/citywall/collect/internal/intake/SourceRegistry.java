// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.CollectorConfig;
import org.citywall.collect.SourceStatus;
import org.jspecify.annotations.Nullable;

/** Every source that was heard of or is expected, up to a limit. Safe for several threads. */
public final class SourceRegistry {

  private final ConcurrentMap<String, SourceState> states = new ConcurrentHashMap<>();

  /** Sources that are known from before the restart alone: these may be forgotten again. */
  private final Set<String> recalled = ConcurrentHashMap.newKeySet();

  private final int maxSources;
  private final HostPlaces places;

  public SourceRegistry(CollectorConfig.SourceLimits limits) {
    this.maxSources = limits.sources();
    this.places = new HostPlaces(limits.hosts(), limits.hostsPerSource());
  }

  /** The state of this source, or {@code COL-0031} where there are too many. */
  SourceState obtain(String name) {
    SourceState known = states.get(name);
    if (known != null && !recalled.contains(name)) {
      return known;
    }
    if (known == null && states.size() >= maxSources && !forgetOne()) {
      throw new PlatformException(
          CollectErrorCode.SOURCES_EXHAUSTED, "there are " + maxSources + " sources already");
    }
    return states.compute(
        name,
        (key, state) -> {
          recalled.remove(key);
          return state == null ? new SourceState(key, places.share()) : state;
        });
  }

  /** The state of a source that is known from before the restart; null where there are too many. */
  @Nullable SourceState recall(String name) {
    return states.size() >= maxSources
        ? states.get(name)
        : states.computeIfAbsent(
            name,
            key -> {
              recalled.add(key);
              return new SourceState(key, places.share());
            });
  }

  /** Forgets the recalled source that was heard of longest ago. */
  private boolean forgetOne() {
    return recalled.stream()
        .min(Comparator.comparing(this::lastHeard))
        .map(this::forget)
        .orElse(false);
  }

  /** Forgets a source that is known from before the restart alone. */
  boolean forget(String name) {
    SourceState left =
        states.computeIfPresent(
            name,
            (key, state) -> {
              if (!recalled.remove(key)) {
                return state;
              }
              state.forget();
              return null;
            });
    return left == null;
  }

  private Instant lastHeard(String name) {
    SourceState state = states.get(name);
    Instant last = state == null ? null : state.lastHeard();
    return last == null ? Instant.MIN : last;
  }

  Collection<SourceState> all() {
    return states.values();
  }

  /** Status of each source, by name. */
  public List<SourceStatus> status(Instant now) {
    List<SourceStatus> status = new ArrayList<>();
    for (SourceState state : states.values()) {
      status.add(state.status(now));
    }
    status.sort(Comparator.comparing(SourceStatus::source));
    return List.copyOf(status);
  }
}
