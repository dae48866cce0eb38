// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.util.List;
import java.util.function.LongPredicate;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.DetectionEngine;
import org.citywall.correlation.DetectionSetup;
import org.citywall.correlation.LastingState;
import org.citywall.correlation.ResumePoint;

/** One life of a detection engine, as the runner sees it; used by one thread. */
public interface Detection extends AutoCloseable {

  /** Makes engines; may wait on the caller's thread until rules are compiled. */
  interface Maker {
    /** A new engine that goes on from there. */
    Detection resume(ResumePoint point);
  }

  /** Takes the next entry in order of leaves and says what it raised or extended. */
  List<AlertUpdate> accept(LoggedEntry entry);

  /** Forgets what lasts of entries whose payload was destroyed. */
  void forget(LongPredicate destroyed);

  /** First leaf that a new engine must be fed from to know what this one knows. */
  long replayFrom();

  /** What a new engine must be given besides, where it changed since the last call. */
  List<LastingState> takeLasting();

  /** What it reasons with from the next entry on. */
  DetectionSetup setup();

  @Override
  void close();

  /** The life of this engine, which is closed with it. */
  static Detection of(DetectionEngine engine) {
    return new EngineDetection(engine);
  }
}
