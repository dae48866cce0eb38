// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Arrays;

/**
 * Text with wildcards as rules write it: {@code *} any characters, {@code ?} one character, {@code
 * \} before either or before itself makes it plain and is plain before anything else. Case is not
 * its business: fold both sides, or neither.
 */
final class Glob {

  static final int ANY = -1;
  static final int ONE = -2;

  /** One of the characters that start an option of a Windows command. */
  static final int DASH = -3;

  private static final String DASHES = "-/\u2013\u2014\u2015";

  private final int[] codes;
  private final Shape shape;
  private final String literal;

  /** Shapes that need no search by wildcard. */
  enum Shape {
    EXACT,
    STARTS,
    ENDS,
    CONTAINS,
    WILD
  }

  private Glob(int[] codes) {
    this.codes = codes;
    this.literal = longestLiteral(codes);
    this.shape = shape(codes, literal.length());
  }

  /** Reads wildcards and escapes. */
  static Glob parse(String text) {
    int[] codes = new int[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && "*?\\".indexOf(text.charAt(i + 1)) >= 0) {
        codes[n++] = text.charAt(++i);
      } else if (c == '*') {
        if (n == 0 || codes[n - 1] != ANY) {
          codes[n++] = ANY;
        }
      } else {
        codes[n++] = c == '?' ? ONE : c;
      }
    }
    return new Glob(Arrays.copyOf(codes, n));
  }

  /** Text in which nothing is a wildcard. */
  static Glob plain(String text) {
    return new Glob(text.chars().toArray());
  }

  /** The same, with anything allowed before or after it. */
  Glob open(boolean before, boolean after) {
    boolean addBefore = before && (codes.length == 0 || codes[0] != ANY);
    boolean addAfter = after && (codes.length == 0 || codes[codes.length - 1] != ANY);
    int shift = addBefore ? 1 : 0;
    int[] wider = new int[codes.length + shift + (addAfter ? 1 : 0)];
    if (addBefore) {
      wider[0] = ANY;
    }
    System.arraycopy(codes, 0, wider, shift, codes.length);
    if (addAfter) {
      wider[wider.length - 1] = ANY;
    }
    return new Glob(wider);
  }

  Glob folded() {
    return new Glob(Arrays.stream(codes).map(c -> c < 0 ? c : Fold.fold((char) c)).toArray());
  }

  /** Lets each dash or slash that starts an option stand for all of them. */
  Glob anyDash() {
    int[] wider = codes.clone();
    for (int i = 0; i + 1 < codes.length; i++) {
      boolean starts = i == 0 || !isWord(codes[i - 1]);
      if ((codes[i] == '-' || codes[i] == '/') && starts && isWord(codes[i + 1])) {
        wider[i] = DASH;
      }
    }
    return new Glob(wider);
  }

  private static boolean isWord(int code) {
    return code == '_' || (code >= 0 && Character.isLetterOrDigit(code));
  }

  boolean isPlain() {
    return Arrays.stream(codes).noneMatch(c -> c < 0);
  }

  /** Each character, or {@link #ANY}, {@link #ONE} or {@link #DASH}. */
  int[] codes() {
    return codes.clone();
  }

  /** All characters in a row; meant for {@link #isPlain()}. */
  String plainText() {
    return text(codes, 0, codes.length);
  }

  Shape shape() {
    return shape;
  }

  /** The longest run of plain characters; every matching text has it. */
  String literal() {
    return literal;
  }

  boolean matches(String text) {
    return switch (shape) {
      case EXACT -> text.equals(literal);
      case STARTS -> text.startsWith(literal);
      case ENDS -> text.endsWith(literal);
      case CONTAINS -> text.contains(literal);
      case WILD -> search(text);
    };
  }

  /** Goes back to the last {@code *} only, which is enough: at most text times pattern steps. */
  private boolean search(String text) {
    int at = 0;
    int code = 0;
    int star = -1;
    int retry = 0;
    while (at < text.length()) {
      if (code < codes.length && codes[code] == ANY) {
        star = code++;
        retry = at;
      } else if (code < codes.length && accepts(codes[code], text.charAt(at))) {
        at += codes[code] == ONE ? Character.charCount(text.codePointAt(at)) : 1;
        code++;
      } else if (star >= 0) {
        code = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (code < codes.length && codes[code] == ANY) {
      code++;
    }
    return code == codes.length;
  }

  private static boolean accepts(int code, char c) {
    return code == c || code == ONE || (code == DASH && DASHES.indexOf(c) >= 0);
  }

  private static String longestLiteral(int[] codes) {
    String longest = "";
    int start = 0;
    for (int i = 0; i <= codes.length; i++) {
      if (i == codes.length || codes[i] < 0) {
        if (i - start > longest.length()) {
          longest = text(codes, start, i);
        }
        start = i + 1;
      }
    }
    return longest;
  }

  private static Shape shape(int[] codes, int plain) {
    int n = codes.length;
    boolean before = n > 0 && codes[0] == ANY;
    boolean after = n > 0 && codes[n - 1] == ANY;
    if (plain == n) {
      return Shape.EXACT;
    } else if (plain == n - 1 && after) {
      return Shape.STARTS;
    } else if (plain == n - 1 && before) {
      return Shape.ENDS;
    } else if (plain == n - 2 && before && after) {
      return Shape.CONTAINS;
    }
    return Shape.WILD;
  }

  private static String text(int[] codes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.append((char) codes[i]);
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(codes);
  }

  /** As a rule would write it, with {@code -} for any dash. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int code : codes) {
      switch (code) {
        case ANY -> text.append('*');
        case ONE -> text.append('?');
        case DASH -> text.append('-');
        case '*', '?', '\\' -> text.append('\\').append((char) code);
        default -> text.append((char) code);
      }
    }
    return text.toString();
  }

  /** A text that it matches. */
  String example() {
    StringBuilder text = new StringBuilder();
    for (int code : codes) {
      switch (code) {
        case ANY -> {}
        case ONE -> text.append('a');
        case DASH -> text.append('-');
        default -> text.append((char) code);
      }
    }
    return text.toString();
  }
}
