// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a condition: names of selections joined by {@code not}, {@code and}, {@code or} (binding in
 * this order) and parentheses, and {@code N of}, {@code any of} or {@code all of} a pattern of
 * names or {@code them}. Names that begin with an underscore are not part of {@code them}.
 */
final class ConditionParser {

  private static final Pattern WORD = Pattern.compile("\\s*([()]|[^\\s()]+)");
  private static final int MAX_DEPTH = 100;

  private final Map<String, Expression> selections;
  private final int line;
  private final List<String> words = new ArrayList<>();
  private int next;
  private int depth;

  private ConditionParser(String text, Map<String, Expression> selections, int line) {
    this.selections = selections;
    this.line = line;
    if (text.indexOf('|') >= 0) {
      throw RuleMistake.unsupported(line, "an aggregation: write a correlation instead");
    }
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
  }

  static Expression parse(String text, Map<String, Expression> selections, int line) {
    ConditionParser parser = new ConditionParser(text, selections, line);
    Expression expression = parser.or();
    if (parser.next < parser.words.size()) {
      throw parser.unexpected();
    }
    return expression;
  }

  private Expression or() {
    List<Expression> parts = new ArrayList<>(List.of(and()));
    while (take("or")) {
      parts.add(and());
    }
    return Expression.any(parts);
  }

  private Expression and() {
    List<Expression> parts = new ArrayList<>(List.of(not()));
    while (take("and")) {
      parts.add(not());
    }
    return Expression.all(parts);
  }

  private Expression not() {
    if (++depth > MAX_DEPTH) {
      throw RuleMistake.invalid(line, "the condition is nested too deeply");
    }
    Expression expression;
    if (take("not")) {
      expression = new Expression.Not(not());
    } else if (take("(")) {
      expression = or();
      if (!take(")")) {
        throw unexpected();
      }
    } else {
      expression = operand();
    }
    depth--;
    return expression;
  }

  private Expression operand() {
    if (next >= words.size()) {
      throw unexpected();
    }
    String word = words.get(next);
    if (next + 1 < words.size() && isWord(words.get(next + 1), "of")) {
      next += 2;
      return of(word);
    }
    Expression selection = selections.get(word);
    if (selection == null) {
      throw unexpected();
    }
    next++;
    return selection;
  }

  private Expression of(String quantity) {
    if (next >= words.size()) {
      throw unexpected();
    }
    List<Expression> chosen = chosen(words.get(next));
    if (chosen.isEmpty()) {
      throw RuleMistake.invalid(line, "no selection is named " + words.get(next));
    }
    next++;
    return switch (quantity.toLowerCase(Locale.ROOT)) {
      case "all" -> Expression.all(chosen);
      case "any", "1" -> Expression.any(chosen);
      case String number when number.matches("[1-9][0-9]{0,3}") ->
          new Expression.AtLeast(Integer.parseInt(number), chosen);
      default -> throw RuleMistake.invalid(line, quantity + " of: neither all nor a number");
    };
  }

  private List<Expression> chosen(String pattern) {
    boolean them = isWord(pattern, "them");
    Glob glob = Glob.parse(pattern);
    return selections.entrySet().stream()
        .filter(e -> them ? !e.getKey().startsWith("_") : glob.matches(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private boolean take(String word) {
    if (next < words.size() && isWord(words.get(next), word)) {
      next++;
      return true;
    }
    return false;
  }

  private static boolean isWord(String found, String word) {
    return found.equalsIgnoreCase(word);
  }

  private RuleMistake unexpected() {
    return RuleMistake.invalid(
        line,
        next < words.size()
            ? "condition: " + words.get(next) + " is not expected there"
            : "condition: it ends too early");
  }
}
