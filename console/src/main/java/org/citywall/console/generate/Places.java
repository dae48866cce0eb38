// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.Locale;

/** Where things are. The city lies in the open sea, so that no real place is meant. */
final class Places {

  private static final double LATITUDE = 30.0;
  private static final double LONGITUDE = 124.0;
  private static final double KM_PER_DEGREE = 111.2;

  private Places() {}

  /** Latitude and longitude of a region's government; regions are a few tens of km apart. */
  static String ofRegion(String region) {
    int number = Math.floorMod(region.hashCode(), 97);
    return text(LATITUDE + number % 10 * 0.06, LONGITUDE + number / 10 * 0.06);
  }

  /** A place so many kilometres to the north of the city. */
  static String north(long kilometres) {
    return text(LATITUDE + kilometres / KM_PER_DEGREE, LONGITUDE);
  }

  private static String text(double latitude, double longitude) {
    return String.format(Locale.ROOT, "%.4f,%.4f", latitude, longitude);
  }
}
