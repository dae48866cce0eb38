// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;

/**
 * A unit's right to call a sharing interface.
 *
 * @param id number of the key
 * @param fields what the contract lets it ask for
 * @param newerFields what the next version of the contract adds
 * @param perHour persons an hour that the contract allows
 */
record ApiKey(
    String id,
    String api,
    String unit,
    String address,
    List<String> fields,
    List<String> newerFields,
    long perHour) {

  /** Calls an hour of one key for each million events of the month; one person a call. */
  private static final long SHARE_PER_MILLION = 14;

  static ApiKey of(int number, String unit, GeneratorOptions options) {
    long usual = options.events() * 30 / Math.max(1, options.days()) * SHARE_PER_MILLION;
    return new ApiKey(
        "K" + (101 + number),
        number % 2 == 0 ? "person-verify" : "benefit-query",
        unit,
        "10.33.249." + (10 + number),
        List.of("name", "status", "district"),
        List.of("valid_until"),
        Math.max(600, usual / 1_000_000 * 6));
  }

  long perDay() {
    return perHour * 6;
  }
}
