// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;

/**
 * A drawing in its own units: bars or marks over a time axis.
 *
 * @param plot the area that stands for the whole time
 * @param marks ticks of both axes
 */
public record Chart(
    int width, int height, Area plot, List<Bar> bars, List<Tick> times, List<Tick> counts) {

  public Chart {
    bars = List.copyOf(bars);
    times = List.copyOf(times);
    counts = List.copyOf(counts);
  }

  /** Whether its bars lead anywhere. */
  public boolean isLinked() {
    return bars.stream().anyMatch(bar -> !bar.link().isEmpty());
  }

  /** The area within the axes. */
  public record Area(int x, int y, int width, int height) {

    public int bottom() {
      return y + height;
    }

    public int right() {
      return x + width;
    }
  }

  /**
   * A bar.
   *
   * @param label what it says to who cannot see it, and as a hint
   * @param link where it leads, empty for nowhere
   */
  public record Bar(double x, double width, double y, double height, String label, String link) {}

  /** A mark on an axis at this coordinate. */
  public record Tick(double at, String label) {}
}
