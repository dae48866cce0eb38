// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** How one number is compared with another. */
public enum Ordering {
  EQ,
  NEQ,
  GT,
  GTE,
  LT,
  LTE;

  boolean holds(double found, double wanted) {
    return switch (this) {
      case EQ -> found == wanted;
      case NEQ -> found != wanted;
      case GT -> found > wanted;
      case GTE -> found >= wanted;
      case LT -> found < wanted;
      case LTE -> found <= wanted;
    };
  }
}
