// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.util.Optional;
import org.citywall.correlation.EngineStatistics;

/** Tells of the engine that runs. */
public interface EngineFacts {

  /** What it did since it was made; empty before the first. */
  Optional<EngineStatistics> statistics();
}
