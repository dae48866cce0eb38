// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

/** Distance over ground. */
final class Distance {

  private static final double RADIUS = 6371;

  private Distance() {}

  /**
   * Kilometres along a great circle between two places, each as latitude and longitude in degrees
   * with a comma between; 0 where one cannot be read.
   */
  static double kilometres(String from, String to) {
    double[] a = radians(from);
    double[] b = radians(to);
    if (a.length != 2 || b.length != 2) {
      return 0;
    }
    double latitude = Math.sin((b[0] - a[0]) / 2);
    double longitude = Math.sin((b[1] - a[1]) / 2);
    double h = latitude * latitude + Math.cos(a[0]) * Math.cos(b[0]) * longitude * longitude;
    return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  private static double[] radians(String place) {
    String[] parts = place.split(",", -1);
    try {
      return parts.length == 2
          ? new double[] {
            Math.toRadians(Double.parseDouble(parts[0].strip())),
            Math.toRadians(Double.parseDouble(parts[1].strip()))
          }
          : new double[0];
    } catch (NumberFormatException e) {
      return new double[0];
    }
  }
}
