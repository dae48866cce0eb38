// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a query, for the reader's language. The parser says it in English; what is not
 * known here is shown as the parser says it.
 *
 * @param messageKey of the translation
 * @param argument name that the parser mentions, or empty
 */
record QueryProblem(String messageKey, String argument) {

  private static final Map<Pattern, String> KNOWN = new LinkedHashMap<>();

  static {
    know("a query has at most \\d+ characters", "length");
    know("this parenthesis closes nothing", "parenthesis-closes");
    know("expected a word, a field and its value, or a parenthesis", "word");
    know("expected a closing parenthesis", "parenthesis-open");
    know("expected a value after the colon", "value");
    know("a query has at most \\d+ words and values", "words");
    know("nested more than \\d+ deep", "nested");
    know("no field has this name; .*", "field-unknown");
    know("unknown field .*; did you mean (.*)\\? .*", "field-near");
    know("unknown field .*", "field-unknown");
    know("expected a closing quotation mark", "quote");
    know("expected a character after the backslash", "backslash");
    know("wildcards need a field, .*", "wildcard-field");
    know("only (.*) is possible; use free words", "exists-only");
    know("(.*) is text: it has no order; .*", "no-order");
    know("a pattern has at most .*", "pattern");
    know("expected one of (.*)", "one-of");
    know("an event id has 32 hexadecimal digits", "event-id");
    know("expected an address such as .*", "address");
    know("expected true or false", "boolean");
    know("the range ends before it begins", "backwards");
    know("nothing lies beyond this number", "beyond");
    know("expected a time such as .*", "time");
    know("expected a whole number, .*", "number");
  }

  /** The problem behind what the parser says, or null. */
  static @Nullable QueryProblem of(String text) {
    for (Map.Entry<Pattern, String> known : KNOWN.entrySet()) {
      Matcher matcher = known.getKey().matcher(text);
      if (matcher.matches()) {
        return new QueryProblem(
            "search.problem." + known.getValue(),
            matcher.groupCount() == 0 ? "" : matcher.group(1).replace(" or ", " / "));
      }
    }
    return null;
  }

  private static void know(String pattern, String name) {
    KNOWN.put(Pattern.compile(pattern), name);
  }
}
