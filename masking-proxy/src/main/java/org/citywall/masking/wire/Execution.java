// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Duration;

/** A statement that runs, or is about to. Confined to the session's event loop. */
final class Execution {

  private final Decision decision;
  private final Recorder recorder;
  private final boolean rewritten;
  private final long begun = System.nanoTime();
  private boolean checked;
  private boolean ended;
  private long rows;
  private String tag = "";
  private String state = "";

  Execution(Decision decision, Recorder recorder, boolean rewritten) {
    this.decision = decision;
    this.recorder = recorder;
    this.rewritten = rewritten;
  }

  Decision decision() {
    return decision;
  }

  /** Whether what ran is not what the client sent. */
  boolean rewritten() {
    return rewritten;
  }

  /** Whether the provenance of what it returns now was found good. */
  boolean checked() {
    return checked;
  }

  void check(boolean good) {
    checked = good;
  }

  void sent(int more) {
    rows += more;
  }

  void tag(String done) {
    tag = done;
  }

  void failed(String sqlState) {
    state = sqlState;
  }

  void end() {
    if (!ended) {
      ended = true;
      recorder.completed(
          new Completion(decision, tag, rows, state, Duration.ofNanos(System.nanoTime() - begun)));
    }
  }
}
