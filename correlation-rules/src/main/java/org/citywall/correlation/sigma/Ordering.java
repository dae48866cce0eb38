// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** How one number is compared with another. */
public enum Ordering {
  EQ("="),
  NEQ("<>"),
  GT(">"),
  GTE(">="),
  LT("<"),
  LTE("<=");

  private final String sign;

  Ordering(String sign) {
    this.sign = sign;
  }

  /** As people write it. */
  String sign() {
    return sign;
  }

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

  /** A number that is in this order to the wanted one. */
  double example(double wanted) {
    return switch (this) {
      case EQ, GTE, LTE -> wanted;
      case NEQ, GT -> wanted + 1;
      case LT -> wanted - 1;
    };
  }
}
