// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.correlation.Alert;
import org.citywall.correlation.AlertId;
import org.citywall.correlation.AlertUpdate;
import org.citywall.correlation.Severity;

/** Makes alerts for tests. */
public final class Alerts {

  public static final Instant START = Instant.parse("2026-11-22T06:00:00Z");

  private Alerts() {}

  public static Alert alert(int number, String group, Severity severity, List<Long> leaves) {
    return new Alert(
        new AlertId(String.format(Locale.ROOT, "%032x", number)),
        "brute-force",
        3,
        "success",
        severity,
        group,
        "source:10.1.2.3",
        START,
        START.plusSeconds(leaves.size()),
        leaves.getFirst(),
        leaves,
        leaves.size(),
        new TreeMap<>(Map.of("failures", Integer.toString(leaves.size()))),
        List.of("T1110"));
  }

  public static AlertUpdate raised(int number, String group, Severity severity, Long... leaves) {
    return new AlertUpdate.Raised(
        alert(number, group, severity, List.of(leaves)),
        List.of(leaves),
        leaves[leaves.length - 1]);
  }

  /** The alert with all of {@code leaves}, the last of which is new. */
  public static AlertUpdate extended(int number, String group, Severity severity, Long... leaves) {
    Long last = leaves[leaves.length - 1];
    return new AlertUpdate.Extended(
        alert(number, group, severity, List.of(leaves)), List.of(last), last);
  }
}
