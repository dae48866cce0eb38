// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.SourceStatus;

/** Every source that was heard of or is expected, up to a limit. Safe for several threads. */
public final class SourceRegistry {

  private final ConcurrentMap<String, SourceState> states = new ConcurrentHashMap<>();
  private final int maxSources;
  private final int maxHostsEach;

  public SourceRegistry(int maxSources, int maxHostsEach) {
    this.maxSources = maxSources;
    this.maxHostsEach = maxHostsEach;
  }

  /** The state of this source, or {@code COL-0031} where there are too many. */
  SourceState obtain(String name) {
    SourceState known = states.get(name);
    if (known != null) {
      return known;
    }
    if (states.size() >= maxSources) {
      throw new PlatformException(
          CollectErrorCode.SOURCES_EXHAUSTED, "there are " + maxSources + " sources already");
    }
    return states.computeIfAbsent(name, key -> new SourceState(key, maxHostsEach));
  }

  Collection<SourceState> all() {
    return states.values();
  }

  /** Status of each source, by name. */
  public List<SourceStatus> status(Instant now) {
    List<SourceStatus> status = new ArrayList<>();
    for (SourceState state : states.values()) {
      state.lock.lock();
      try {
        status.add(state.status(now));
      } finally {
        state.lock.unlock();
      }
    }
    status.sort(Comparator.comparing(SourceStatus::source));
    return List.copyOf(status);
  }
}
