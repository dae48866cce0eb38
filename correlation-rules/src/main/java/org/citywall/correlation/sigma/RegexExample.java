// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Optional;

/**
 * Makes a text that a regular expression may be found in: the first alternative, each repetition as
 * seldom as allowed. Knows no look-around and no back-references; who asks tries the outcome.
 */
final class RegexExample {

  private static final int LONGEST = 4096;

  private final String source;
  private int at;

  private RegexExample(String source) {
    this.source = source;
  }

  /** The text, or empty where the expression has what is not known here. */
  static Optional<String> of(String source) {
    try {
      RegexExample example = new RegexExample(source);
      String text = example.alternatives();
      return example.at == source.length() ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private String alternatives() {
    String first = sequence();
    while (at < source.length() && source.charAt(at) == '|') {
      at++;
      sequence();
    }
    return first;
  }

  private String sequence() {
    StringBuilder text = new StringBuilder();
    while (at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')') {
      String one = one();
      text.append(one.repeat(times(one)));
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("too long");
      }
    }
    return text.toString();
  }

  private String one() {
    char c = source.charAt(at++);
    return switch (c) {
      case '^', '$' -> "";
      case '.' -> "a";
      case '(' -> group();
      case '[' -> set();
      case '\\' -> escape(source.charAt(at++));
      default -> String.valueOf(c);
    };
  }

  private String group() {
    if (source.startsWith("?:", at)) {
      at += 2;
    } else if (source.startsWith("?P<", at) || source.startsWith("?<", at)) {
      int name = source.indexOf('<', at) + 1;
      if (source.charAt(name) == '=' || source.charAt(name) == '!') {
        throw new IllegalArgumentException("look-behind");
      }
      at = source.indexOf('>', at) + 1;
    } else if (source.charAt(at) == '?') {
      return flags();
    }
    String text = alternatives();
    if (source.charAt(at++) != ')') {
      throw new IllegalArgumentException("group");
    }
    return text;
  }

  private String flags() {
    int end = source.indexOf(')', at);
    if (end < 0 || !source.substring(at + 1, end).matches("[a-z]+")) {
      throw new IllegalArgumentException("look-around");
    }
    at = end + 1;
    return "";
  }

  /** The first member, or for a negated set a character that is unlikely to be in it. */
  private String set() {
    boolean negated = source.charAt(at) == '^';
    at += negated ? 1 : 0;
    String first = "";
    StringBuilder all = new StringBuilder();
    int begin = at;
    while (source.charAt(at) != ']' || at == begin) {
      String member = member();
      first = first.isEmpty() ? member : first;
      all.append(member);
      if (source.charAt(at) == '-' && source.charAt(at + 1) != ']') {
        at++;
        for (char c = member.charAt(0), end = member().charAt(0); c <= end; c++) {
          all.append(c);
        }
      }
    }
    at++;
    return negated ? outside(all.toString()) : first;
  }

  private String member() {
    char c = source.charAt(at++);
    return c == '\\' ? escape(source.charAt(at++)) : String.valueOf(c);
  }

  private static String outside(String members) {
    for (char c : new char[] {'q', '7', '_', '~', '\u00e9'}) {
      if (members.indexOf(c) < 0) {
        return String.valueOf(c);
      }
    }
    throw new IllegalArgumentException("nothing is outside");
  }

  private String escape(char c) {
    return switch (c) {
      case 'd' -> "7";
      case 'w' -> "a";
      case 's' -> " ";
      case 'D', 'S' -> "a";
      case 'W' -> "-";
      case 'b', 'B', 'A', 'z', 'Z' -> "";
      case 't' -> "\t";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 'x' -> {
        String hex = source.substring(at, at + 2);
        at += 2;
        yield String.valueOf((char) Integer.parseInt(hex, 16));
      }
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new IllegalArgumentException("escape");
        }
        yield String.valueOf(c);
      }
    };
  }

  /** How often the part before must be there at least. */
  private int times(String part) {
    int least = 1;
    if (at < source.length()) {
      char c = source.charAt(at);
      if (c == '*' || c == '+' || c == '?') {
        at++;
        least = c == '+' || part.isEmpty() ? 1 : 0;
      } else if (c == '{' && source.substring(at).matches("(?s)\\{\\d+(,\\d*)?}.*")) {
        int end = source.indexOf('}', at);
        least = Integer.parseInt(source.substring(at + 1, end).split(",")[0]);
        at = end + 1;
      }
      if (at < source.length() && (source.charAt(at) == '?' || source.charAt(at) == '+')) {
        at++;
      }
    }
    return least;
  }
}
