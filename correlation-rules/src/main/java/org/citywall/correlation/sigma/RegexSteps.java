// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** Counts how often a regular expression was given up, so that a miss is never silent. */
final class RegexSteps {

  private long givenUp;

  void gaveUp() {
    givenUp++;
  }

  long givenUp() {
    return givenUp;
  }
}
