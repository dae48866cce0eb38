// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.detection.Detection;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.DetectionSetup;
import org.citywall.correlation.LastingState;
import org.citywall.correlation.Severity;

/**
 * A detection engine in a few lines: three entries of one account are an alert, further ones extend
 * it. Its state is rebuilt by replay from the first entry of the oldest account it knows.
 */
public final class CountingDetection implements Detection {

  private static final int LIMIT = 3;
  private static final DetectionSetup SETUP =
      new DetectionSetup(
          new DetectionSetup.Part("counting@1", "00"), new DetectionSetup.Part("nobody", "01"));

  private final Map<String, List<Long>> leaves = new LinkedHashMap<>();
  private long replayFrom = Long.MAX_VALUE;
  private final long failingLeaf;
  private volatile DetectionSetup setup = SETUP;
  private List<LastingState> lasting = List.of();
  private long next;

  public CountingDetection() {
    this(-1);
  }

  /** An engine that fails at this entry every time. */
  public CountingDetection(long failingLeaf) {
    this.failingLeaf = failingLeaf;
  }

  /** Reasons with this from now on. */
  public void reasonsWith(DetectionSetup next) {
    setup = next;
  }

  /** Tells of these pieces when it is asked next. */
  public void lasts(LastingState... changes) {
    lasting = List.of(changes);
  }

  @Override
  public List<AlertUpdate> accept(LoggedEntry entry) {
    if (entry.leaf() == failingLeaf) {
      throw new IllegalStateException("told to fail");
    }
    next = entry.leaf() + 1;
    replayFrom = Math.min(replayFrom, entry.leaf());
    String user = Objects.requireNonNull(entry.event().text(Field.USER_NAME));
    List<Long> seen = leaves.computeIfAbsent(user, key -> new ArrayList<>());
    seen.add(entry.leaf());
    Long[] all = seen.toArray(Long[]::new);
    if (all.length < LIMIT) {
      return List.of();
    }
    int number = user.hashCode();
    return List.of(
        all.length == LIMIT
            ? Alerts.raised(number, user, Severity.HIGH, all)
            : Alerts.extended(number, user, Severity.HIGH, all));
  }

  @Override
  public void forget(LongPredicate destroyed) {
    leaves.values().removeIf(seen -> seen.stream().anyMatch(destroyed::test));
  }

  @Override
  public long replayFrom() {
    return Math.min(replayFrom, next);
  }

  @Override
  public List<LastingState> takeLasting() {
    List<LastingState> taken = lasting;
    lasting = List.of();
    return taken;
  }

  @Override
  public DetectionSetup setup() {
    return setup;
  }

  @Override
  public void close() {}
}
