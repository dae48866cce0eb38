// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that comes to an end: a search reads at most {@value #MAX_READS} characters,
 * counting each as often as it is read. The bound is a count, not a time, so that the same event
 * has the same outcome on any machine. Rules are written for the dialect of Perl; where Java's
 * differs, the expression is translated.
 */
final class BoundedRegex {

  static final int MAX_READS = 1_000_000;

  /** Java's engine recurses on groups: longer text could exhaust its stack. */
  private static final int MAX_LENGTH = 1 << 16;

  private final String source;
  private final int flags;
  private final Pattern pattern;

  private BoundedRegex(String source, int flags, Pattern pattern) {
    this.source = source;
    this.flags = flags;
    this.pattern = pattern;
  }

  /** Compiles; flags are those of {@link Pattern}. */
  static BoundedRegex compile(String source, int flags, int line) {
    try {
      return new BoundedRegex(source, flags, Pattern.compile(translate(source), flags));
    } catch (PatternSyntaxException e) {
      throw RuleMistake.unsupported(
          line, "the regular expression is not understood: " + e.getDescription());
    }
  }

  boolean find(String text, RegexSteps steps) {
    if (text.length() > MAX_LENGTH) {
      steps.gaveUp();
      return false;
    }
    try {
      return pattern.matcher(new Counted(text)).find();
    } catch (TooManyReads | StackOverflowError e) {
      steps.gaveUp();
      return false;
    }
  }

  /** Escapes what only Java reads as syntax: brackets within a class, braces that count nothing. */
  static String translate(String source) {
    StringBuilder java = new StringBuilder(source.length() + 8);
    int inClass = -1;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        java.append(c).append(source.charAt(++i));
      } else if (inClass >= 0) {
        boolean first = i == inClass + 1 || (i == inClass + 2 && source.charAt(i - 1) == '^');
        if (c == ']' && !first) {
          inClass = -1;
          java.append(c);
        } else {
          java.append(c == '[' || c == ']' || c == '&' ? "\\" : "").append(c);
        }
      } else if (c == '[') {
        inClass = i;
        java.append(c);
      } else if (c == '{' && !isCount(source, i)) {
        java.append("\\{");
      } else {
        java.append(c);
      }
    }
    return java.toString().replace("(?P<", "(?<");
  }

  private static boolean isCount(String source, int brace) {
    int i = brace + 1;
    while (i < source.length()
        && (Character.isDigit(source.charAt(i)) || source.charAt(i) == ',')) {
      i++;
    }
    return i > brace + 1
        && i < source.length()
        && source.charAt(i) == '}'
        && source.charAt(brace + 1) != ',';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundedRegex that && flags == that.flags && source.equals(that.source);
  }

  @Override
  public int hashCode() {
    return 31 * source.hashCode() + flags;
  }

  @Override
  public String toString() {
    return source;
  }

  /** Text that can be read so many times only. */
  private static final class Counted implements CharSequence {

    private final String text;
    private int reads;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++reads > MAX_READS) {
        throw new TooManyReads();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private static final class TooManyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyReads() {
      super(null, null, false, false);
    }
  }

  /** A text that it is found in; empty where none could be made of the expression. */
  Optional<String> example() {
    return RegexExample.of(source).filter(text -> find(text, new RegexSteps()));
  }
}
