// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well one scenario was found.
 *
 * @param attacks attacks that were staged
 * @param found those to which an alert of the scenario belongs
 * @param alerts alerts of rules about the scenario, after the days of learning
 * @param right those that belong to an attack
 * @param nearMisses near misses that were staged
 * @param nearMissesAlerted those of which an alert of the scenario has entries
 * @param benign benign look-alikes that were staged
 * @param benignAlerted those of which an alert of the scenario has entries
 * @param detection times from the decisive event to the alert, shortest first; negative where the
 *     alert came first
 * @param missed attacks that were not found
 */
public record ScenarioScore(
    int scenario,
    String title,
    int attacks,
    int found,
    int alerts,
    int right,
    int nearMisses,
    int nearMissesAlerted,
    int benign,
    int benignAlerted,
    List<Duration> detection,
    List<String> missed) {

  public ScenarioScore {
    detection = List.copyOf(detection);
    missed = List.copyOf(missed);
  }

  /** Share of attacks that were found, one where none was staged. */
  public double recall() {
    return attacks == 0 ? 1 : (double) found / attacks;
  }

  /** Share of alerts that are right, one where there was none. */
  public double precision() {
    return alerts == 0 ? 1 : (double) right / alerts;
  }

  /** A share of the times to detect is at most this; null where nothing was found. */
  public @Nullable Duration detection(double share) {
    return detection.isEmpty()
        ? null
        : detection.get((int) Math.min(detection.size() - 1.0, share * detection.size()));
  }
}
