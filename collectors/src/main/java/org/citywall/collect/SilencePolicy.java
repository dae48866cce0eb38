// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Duration;
import java.util.Map;

/**
 * When a source counts as silent. A source that has sent {@code learnAfter} events is expected to
 * go on: it is silent after {@code after}, or after five times its usual interval where that is
 * longer. A source named in {@code expected} is expected from the start.
 *
 * @param after shortest silence that is reported, positive
 * @param learnAfter events after which a source counts as regular, at least 2
 * @param expected longest silence of sources known by name ({@code http/gateway}), whatever they
 *     sent before
 */
public record SilencePolicy(Duration after, int learnAfter, Map<String, Duration> expected) {

  public static final SilencePolicy DEFAULT =
      new SilencePolicy(Duration.ofMinutes(5), 10, Map.of());

  public SilencePolicy {
    expected = Map.copyOf(expected);
    if (!after.isPositive() || learnAfter < 2) {
      throw new IllegalArgumentException("after " + after + ", learnAfter " + learnAfter);
    }
  }
}
