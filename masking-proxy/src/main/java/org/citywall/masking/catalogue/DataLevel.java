// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

/**
 * Sensitivity of public data, from the least to the most (Zhejiang guide to the classification and
 * grading of public data, 2021).
 */
public enum DataLevel {
  L1(1, "不敏感数据"),
  L2(2, "低敏感数据"),
  L3(3, "较敏感数据"),
  L4(4, "敏感数据");

  private final int number;
  private final String chineseName;

  DataLevel(int number, String chineseName) {
    this.number = number;
    this.chineseName = chineseName;
  }

  /** 1 to 4, as in the field {@code gov.data.level}. */
  public int number() {
    return number;
  }

  public String chineseName() {
    return chineseName;
  }

  /** The higher of the two: a whole is as sensitive as its most sensitive part (就高从严). */
  public DataLevel or(DataLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The level with this number, or an {@code IllegalArgumentException}. */
  public static DataLevel ofNumber(int number) {
    if (number < 1 || number > values().length) {
      throw new IllegalArgumentException("data levels are 1 to 4, not " + number);
    }
    return values()[number - 1];
  }
}
