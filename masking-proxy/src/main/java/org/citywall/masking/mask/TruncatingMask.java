// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

/**
 * Shows the order of size of a number or the year of a date. Numbers are cut towards zero, which a
 * type can always hold; rounding up can not.
 */
public sealed interface TruncatingMask extends Mask {

  /**
   * {@code ROUND}: zeros in place of the last digits before the decimal point, and nothing behind
   * it.
   *
   * @param digits how many, 1 to 18
   */
  record Round(int digits) implements TruncatingMask {

    public Round {
      if (digits < 1 || digits > 18) {
        throw new IllegalArgumentException("digits are 1 to 18");
      }
    }

    @Override
    public String algorithm() {
      return "ROUND";
    }

    @Override
    public String sql(String column, ColumnType type) {
      return switch (type.kind()) {
        case INTEGER, DECIMAL ->
            Sql.of("CAST(trunc(CAST(%s AS numeric), -%d) AS %s)", column, digits, type.sqlName());
        default -> ToNull.INSTANCE.sql(column, type);
      };
    }
  }

  /**
   * {@code GENERALISE}: the class of a number, named by its end that is nearer to zero.
   *
   * @param step width of a class, 2 or more
   */
  record Generalise(long step) implements TruncatingMask {

    public Generalise {
      if (step < 2) {
        throw new IllegalArgumentException("step is 2 or more");
      }
    }

    @Override
    public String algorithm() {
      return "GENERALISE";
    }

    @Override
    public String sql(String column, ColumnType type) {
      return switch (type.kind()) {
        case INTEGER, DECIMAL ->
            Sql.of(
                "CAST(div(CAST(%s AS numeric), %d) * %d AS %s)",
                column, step, step, type.sqlName());
        default -> ToNull.INSTANCE.sql(column, type);
      };
    }
  }

  /** {@code YEAR_ONLY}: the first moment of the year. */
  record YearOnly() implements TruncatingMask {

    @Override
    public String algorithm() {
      return "YEAR_ONLY";
    }

    @Override
    public String sql(String column, ColumnType type) {
      return type.kind() == ColumnType.Kind.DATE
          ? Sql.of("CAST(date_trunc('year', %s) AS %s)", column, type.sqlName())
          : ToNull.INSTANCE.sql(column, type);
    }
  }
}
