// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

/**
 * Replaces some characters of a text by another one and keeps its length. Places count from 0, and
 * the last place of a range belongs to it.
 */
public sealed interface CharacterMask extends Mask {

  /** The character that hides others. */
  char replaceChar();

  /** SQL for a text that is long enough for the rule and has what it looks for. */
  String hidden(String text);

  /** SQL for whether the rule hides anything of a text. */
  String applies(String text);

  @Override
  default String sql(String column, ColumnType type) {
    if (type.kind() != ColumnType.Kind.TEXT) {
      return ToNull.INSTANCE.sql(column, type);
    }
    String text = "CAST(" + column + " AS text)";
    String hidden = hidden(text);
    // Where what would be hidden is the hiding character already, the value must not show either.
    return Sql.of(
        "CAST(CASE WHEN %s AND %s <> %s THEN %s ELSE %s END AS %s)",
        applies(text), hidden, text, hidden, repeated("char_length(" + text + ")"), type.sqlName());
  }

  private String repeated(String count) {
    return "repeat(" + Sql.literal(String.valueOf(replaceChar())) + ", " + count + ")";
  }

  /** {@code KEEP_FIRST_N_LAST_M}: shows both ends. */
  record KeepFirstLast(int firstN, int lastM, char replaceChar) implements CharacterMask {

    public KeepFirstLast {
      requireNotNegative(firstN, lastM);
    }

    @Override
    public String algorithm() {
      return "KEEP_FIRST_N_LAST_M";
    }

    @Override
    public String applies(String text) {
      return Sql.of("char_length(%s) > %d", text, firstN + lastM);
    }

    @Override
    public String hidden(String text) {
      return Sql.of(
          "left(%1$s, %2$d) || %3$s || right(%1$s, %4$d)",
          text,
          firstN,
          ((CharacterMask) this).repeated(Sql.of("char_length(%s) - %d", text, firstN + lastM)),
          lastM);
    }
  }

  /** {@code MASK_FIRST_N_LAST_M}: hides both ends. */
  record MaskFirstLast(int firstN, int lastM, char replaceChar) implements CharacterMask {

    public MaskFirstLast {
      requireNotNegative(firstN, lastM);
      if (firstN + lastM == 0) {
        throw new IllegalArgumentException("a mask that hides nothing");
      }
    }

    @Override
    public String algorithm() {
      return "MASK_FIRST_N_LAST_M";
    }

    @Override
    public String applies(String text) {
      return Sql.of("char_length(%s) > %d", text, firstN + lastM);
    }

    @Override
    public String hidden(String text) {
      CharacterMask self = this;
      return Sql.of(
          "%s || substr(%s, %d, char_length(%s) - %d) || %s",
          self.repeated(String.valueOf(firstN)),
          text,
          firstN + 1,
          text,
          firstN + lastM,
          self.repeated(String.valueOf(lastM)));
    }
  }

  /** {@code KEEP_FROM_X_TO_Y}: shows a range. */
  record KeepFromTo(int fromX, int toY, char replaceChar) implements CharacterMask {

    public KeepFromTo {
      requireRange(fromX, toY);
    }

    @Override
    public String algorithm() {
      return "KEEP_FROM_X_TO_Y";
    }

    @Override
    public String applies(String text) {
      // With everything in the range, nothing would be hidden.
      return fromX == 0 ? Sql.of("char_length(%s) > %d", text, toY + 1) : "true";
    }

    @Override
    public String hidden(String text) {
      CharacterMask self = this;
      return Sql.of(
          "%s || substr(%s, %d, %d) || %s",
          self.repeated(Sql.of("least(%d, char_length(%s))", fromX, text)),
          text,
          fromX + 1,
          toY - fromX + 1,
          self.repeated(Sql.of("greatest(0, char_length(%s) - %d)", text, toY + 1)));
    }
  }

  /** {@code MASK_FROM_X_TO_Y}: hides a range. */
  record MaskFromTo(int fromX, int toY, char replaceChar) implements CharacterMask {

    public MaskFromTo {
      requireRange(fromX, toY);
    }

    @Override
    public String algorithm() {
      return "MASK_FROM_X_TO_Y";
    }

    @Override
    public String applies(String text) {
      return Sql.of("char_length(%s) > %d", text, fromX);
    }

    @Override
    public String hidden(String text) {
      return Sql.of(
          "left(%1$s, %2$d) || %3$s || substr(%1$s, %4$d)",
          text,
          fromX,
          ((CharacterMask) this)
              .repeated(Sql.of("least(%d, char_length(%s)) - %d", toY + 1, text, fromX)),
          toY + 2);
    }
  }

  /** {@code MASK_BEFORE_SPECIAL_CHARS}: hides what stands before the first of these. */
  record MaskBefore(String specialChars, char replaceChar) implements CharacterMask {

    public MaskBefore {
      requireSome(specialChars);
    }

    @Override
    public String algorithm() {
      return "MASK_BEFORE_SPECIAL_CHARS";
    }

    @Override
    public String applies(String text) {
      return place(text) + " > 1";
    }

    @Override
    public String hidden(String text) {
      return Sql.of(
          "%s || substr(%s, %s)",
          ((CharacterMask) this).repeated(place(text) + " - 1"), text, place(text));
    }

    private String place(String text) {
      return "strpos(" + text + ", " + Sql.literal(specialChars) + ")";
    }
  }

  /** {@code MASK_AFTER_SPECIAL_CHARS}: hides what stands behind the first of these. */
  record MaskAfter(String specialChars, char replaceChar) implements CharacterMask {

    public MaskAfter {
      requireSome(specialChars);
    }

    @Override
    public String algorithm() {
      return "MASK_AFTER_SPECIAL_CHARS";
    }

    @Override
    public String applies(String text) {
      return Sql.of(
          "strpos(%s, %s) > 0 AND %s < char_length(%s)",
          text, Sql.literal(specialChars), shown(text), text);
    }

    @Override
    public String hidden(String text) {
      return Sql.of(
          "left(%s, %s) || %s",
          text,
          shown(text),
          ((CharacterMask) this).repeated(Sql.of("char_length(%s) - (%s)", text, shown(text))));
    }

    /** Characters up to the end of the special ones. */
    private String shown(String text) {
      int length = specialChars.codePointCount(0, specialChars.length());
      return Sql.of("strpos(%s, %s) + %d", text, Sql.literal(specialChars), length - 1);
    }
  }

  private static void requireNotNegative(int firstN, int lastM) {
    if (firstN < 0 || lastM < 0 || firstN > MAX_LENGTH || lastM > MAX_LENGTH) {
      throw new IllegalArgumentException("first-n and last-m are 0 to " + MAX_LENGTH);
    }
  }

  private static void requireRange(int fromX, int toY) {
    if (fromX < 0 || toY < fromX || toY > MAX_LENGTH) {
      throw new IllegalArgumentException("from-x <= to-y, both 0 to " + MAX_LENGTH);
    }
  }

  private static void requireSome(String specialChars) {
    if (specialChars.isEmpty() || specialChars.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("special-chars are 1 to " + MAX_LENGTH + " characters");
    }
  }

  /** Longest part of a text that a rule may name, in characters. */
  int MAX_LENGTH = 1000;
}
