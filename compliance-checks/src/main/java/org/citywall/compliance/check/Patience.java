// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions that are given up where they would take too long. */
final class Patience {

  private static final int MOST_STEPS = 1_000_000;

  private Patience() {}

  /** Whether a part of the text matches; unknown where it takes too many steps to say. */
  static Truth find(Pattern pattern, String text) {
    try {
      return Truth.of(pattern.matcher(new Counted(text)).find());
    } catch (GivenUp e) {
      return Truth.UNKNOWN;
    }
  }

  static boolean compiles(String pattern) {
    try {
      return !Pattern.compile(pattern).pattern().isEmpty();
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("too many steps", null, false, false);
    }
  }

  /** A text that can be looked at so often. */
  private static final class Counted implements CharSequence {
    private final String text;
    private int steps;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new GivenUp();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
