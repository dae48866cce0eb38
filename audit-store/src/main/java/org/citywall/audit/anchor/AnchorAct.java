// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.log.Checkpoint;

/** One checkpoint, and those who have not vouched for it yet. Used by one thread. */
final class AnchorAct {

  private final String name;
  private final Checkpoint checkpoint;
  private final List<AnchorTarget> open;
  private final Duration longest;
  private Duration pause;
  private Instant due;
  private int attempts;
  private boolean done;

  /**
   * @param name of the note in the store
   * @param pause before the first retry; it doubles
   * @param longest pause between two attempts
   */
  AnchorAct(
      String name,
      Checkpoint checkpoint,
      List<AnchorTarget> targets,
      Instant now,
      Duration pause,
      Duration longest) {
    this.name = name;
    this.checkpoint = checkpoint;
    this.open = new ArrayList<>(targets);
    this.pause = pause;
    this.longest = longest;
    this.due = now;
  }

  String name() {
    return name;
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  List<AnchorTarget> open() {
    return List.copyOf(open);
  }

  boolean isFirstAttempt() {
    return attempts == 0;
  }

  void succeeded(AnchorTarget target) {
    open.remove(target);
  }

  /**
   * Sets when what failed is tried again.
   *
   * @param failed whether anything did
   */
  void attempted(Instant now, boolean failed) {
    attempts++;
    done = !failed;
    due = now.plus(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /** When the next attempt is due; far away where nothing is left to do. */
  Instant due() {
    return done ? Instant.MAX : due;
  }
}
