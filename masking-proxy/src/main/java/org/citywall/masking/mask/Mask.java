// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

/**
 * A way to hide a value. Every mask of null is null, and what is not null never comes out as it was
 * but by the mask's own rounding.
 */
public sealed interface Mask permits CharacterMask, HashMask, Mask.ToNull, TruncatingMask {

  /** Name of the algorithm, in ShardingSphere's words where it has one. */
  String algorithm();

  /**
   * An SQL expression of the column's own type that hides it.
   *
   * @param column expression for the column, already quoted
   * @param type the column's type
   */
  String sql(String column, ColumnType type);

  /**
   * Whether a text has the form that this mask leaves of texts. True of every text that it made,
   * unless it hid nothing; of others by chance alone.
   */
  default boolean isFormOf(String text) {
    return MaskedText.isOf(this, text);
  }

  /** Hides everything, whatever the type. */
  record ToNull() implements Mask {

    static final ToNull INSTANCE = new ToNull();

    @Override
    public String algorithm() {
      return "NULL";
    }

    @Override
    public String sql(String column, ColumnType type) {
      return "CAST(NULL AS " + type.sqlName() + ")";
    }
  }
}
