// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;

/**
 * Bars over a time axis. Across it measures in percent of the plot's width, so that text keeps its
 * size however wide the page is; up and down in pixels.
 *
 * @param height of the whole drawing
 * @param top where the plot begins
 * @param bottom where the plot ends and the time axis is
 * @param times marks of the time axis
 * @param counts marks of the axis of counts
 */
public record Chart(
    int height, int top, int bottom, List<Bar> bars, List<Tick> times, List<Tick> counts) {

  public Chart {
    bars = List.copyOf(bars);
    times = List.copyOf(times);
    counts = List.copyOf(counts);
  }

  /** Whether its bars lead anywhere. */
  public boolean isLinked() {
    return bars.stream().anyMatch(bar -> !bar.link().isEmpty());
  }

  /**
   * A bar.
   *
   * @param x where the column begins, percent
   * @param width of the column, percent
   * @param y where the bar begins, pixels
   * @param label what it says to who cannot see it, and as a hint
   * @param link where it leads, empty for nowhere
   */
  public record Bar(double x, double width, double y, double height, String label, String link) {}

  /**
   * A mark on an axis.
   *
   * @param at percent on the time axis, pixels on the other
   */
  public record Tick(double at, String label) {

    /** Which part of the label stands at the mark, so that it stays within the drawing. */
    public String getAnchor() {
      return at < 4 ? "start" : at > 96 ? "end" : "middle";
    }
  }
}
