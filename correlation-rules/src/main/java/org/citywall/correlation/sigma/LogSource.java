// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/**
 * Which logs a rule is about; an empty part means any.
 *
 * @param product for example {@code windows}
 * @param category for example {@code process_creation}
 * @param service for example {@code sshd}
 */
public record LogSource(String product, String category, String service) {

  /** Whether these logs are among the ones that the other names. */
  boolean isWithin(LogSource wider) {
    return within(product, wider.product)
        && within(category, wider.category)
        && within(service, wider.service);
  }

  private static boolean within(String part, String wider) {
    return wider.isEmpty() || wider.equals(part);
  }

  @Override
  public String toString() {
    return product + '/' + category + '/' + service;
  }
}
