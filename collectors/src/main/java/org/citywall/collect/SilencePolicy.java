// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Duration;
import java.util.Map;

/**
 * When a source counts as silent. A source that was heard of {@code learnAfter} times, where the
 * records of a second count once, is expected to go on: it is silent after {@code after}, or after
 * twice its longest interval of about the last day where that is longer. A source named in {@code
 * expected} is expected from the start. After a restart a source has {@code after} to connect
 * again; then what it was silent before counts too.
 *
 * @param after shortest silence that is reported, positive
 * @param learnAfter signs of life after which a source counts as regular, at least 2
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
