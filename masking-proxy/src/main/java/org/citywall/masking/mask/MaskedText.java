// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import java.util.regex.Pattern;

/**
 * Whether a text has the form that a mask leaves: the hiding character at every place that the mask
 * would hide, or nothing but it. Every text that the mask made, of one character or more, has it.
 */
record MaskedText(int[] characters) {

  private static final Pattern PSEUDONYM = Pattern.compile("[0-9a-f]{64}");

  static boolean isOf(Mask mask, String text) {
    return switch (mask) {
      case CharacterMask hiding -> new MaskedText(text.codePoints().toArray()).isOf(hiding);
      case HashMask.Keyed keyed -> PSEUDONYM.matcher(text).matches();
      // their results are values as others are
      case Mask.ToNull toNull -> false;
      case TruncatingMask truncating -> false;
    };
  }

  private boolean isOf(CharacterMask mask) {
    int length = characters.length;
    char hiding = mask.replaceChar();
    return isAll(hiding, 0, length)
        || switch (mask) {
          case CharacterMask.KeepFirstLast(int first, int last, char c) ->
              isAll(c, first, length - last);
          case CharacterMask.MaskFirstLast(int first, int last, char c) ->
              length > first + last && bothEnds(c, first, length - last);
          case CharacterMask.KeepFromTo(int from, int to, char c) ->
              (from > 0 || length > to + 1) && bothEnds(c, Math.min(from, length), to + 1);
          case CharacterMask.MaskFromTo(int from, int to, char c) ->
              isAll(c, from, Math.min(to + 1, length));
          case CharacterMask.MaskBefore(String special, char c) -> isHiddenBefore(special, c);
          case CharacterMask.MaskAfter(String special, char c) -> isHiddenBehind(special, c);
        };
  }

  /** Whether there are such places, and each has the character. */
  private boolean isAll(char hiding, int from, int to) {
    return from < to && isAllOrNone(hiding, from, to);
  }

  private boolean bothEnds(char hiding, int first, int last) {
    return characters.length > 0
        && isAllOrNone(hiding, 0, first)
        && isAllOrNone(hiding, last, characters.length);
  }

  private boolean isAllOrNone(char hiding, int from, int to) {
    for (int i = from; i < to; i++) {
      if (characters[i] != hiding) {
        return false;
      }
    }
    return true;
  }

  private boolean isHiddenBefore(String special, char hiding) {
    int[] sought = special.codePoints().toArray();
    for (int at = 1; at + sought.length <= characters.length; at++) {
      if (isAt(sought, at) && isAll(hiding, 0, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isHiddenBehind(String special, char hiding) {
    int[] sought = special.codePoints().toArray();
    for (int at = 0; at + sought.length < characters.length; at++) {
      if (isAt(sought, at) && isAll(hiding, at + sought.length, characters.length)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(int[] sought, int place) {
    for (int i = 0; i < sought.length; i++) {
      if (characters[place + i] != sought[i]) {
        return false;
      }
    }
    return true;
  }
}
