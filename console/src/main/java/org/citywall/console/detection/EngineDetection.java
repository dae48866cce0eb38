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

/** The engine of the platform as a {@link Detection}. */
record EngineDetection(DetectionEngine engine) implements Detection {

  @Override
  public List<AlertUpdate> accept(LoggedEntry entry) {
    return engine.accept(entry);
  }

  @Override
  public void forget(LongPredicate destroyed) {
    engine.forget(destroyed);
  }

  @Override
  public long replayFrom() {
    return engine.replayFrom();
  }

  @Override
  public List<LastingState> takeLasting() {
    return engine.takeLasting();
  }

  @Override
  public DetectionSetup setup() {
    return engine.setup();
  }

  @Override
  public void close() {
    engine.close();
  }
}
