// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a script as psql does: statements, the data of COPY, and of the backslash commands those
 * that say what the next statement is.
 */
final class RegressionScript {

  private static final Pattern COPY_IN =
      Pattern.compile(
          "\\s*copy\\b.*\\bfrom\\s+stdin\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ATOMIC =
      Pattern.compile("\\bbegin\\s+atomic\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern END = Pattern.compile("\\bend\\s*$", Pattern.CASE_INSENSITIVE);
  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_][A-Za-z_0-9]*)?\\$");
  private static final Pattern VARIABLE =
      Pattern.compile("(?<![:\\w]):(?:'(\\w+)'|\"(\\w+)\"|(\\w+))");

  /**
   * A statement.
   *
   * @param data what COPY reads, or empty
   * @param keep whether its row sets variables
   */
  record Step(String sql, String data, boolean keep) {}

  private final String text;
  private final Map<String, String> variables = new HashMap<>();
  private final List<Boolean> taken = new ArrayList<>();
  private int at;

  RegressionScript(String text, Map<String, String> variables) {
    this.text = text;
    this.variables.putAll(variables);
  }

  void set(String name, String value) {
    variables.put(name, value);
  }

  /** The next statement; null at the end. Reads on only when asked, as variables may be set. */
  @org.jspecify.annotations.Nullable
  Step next() {
    StringBuilder sql = new StringBuilder();
    int open = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("--", at)) {
        at = lineEnd(at);
      } else if (text.startsWith("/*", at)) {
        at = commentEnd();
      } else if (c == '\'' || c == '"') {
        take(sql, quoteEnd(c, sql));
      } else if (c == '$' && dollar() > 0) {
        take(sql, dollar());
      } else if (c == '\\') {
        String command = text.substring(at, lineEnd(at));
        if (command.startsWith("\\;")) {
          sql.append(';');
          at += 2;
          continue;
        }
        at = lineEnd(at);
        if (command.startsWith("\\g")
            && !command.startsWith("\\getenv")
            && !sql.toString().isBlank()) {
          return step(sql, command.startsWith("\\gset"));
        }
        command(command);
      } else if (c == ';' && open <= 0 && !isAtomic(sql)) {
        at++;
        if (!sql.toString().isBlank() && isTaken()) {
          return step(sql, false);
        }
        sql.setLength(0);
      } else {
        open += c == '(' ? 1 : c == ')' ? -1 : 0;
        take(sql, at + 1);
      }
    }
    return null;
  }

  private Step step(StringBuilder sql, boolean keep) {
    String statement = substituted(sql.toString().strip());
    String data = "";
    if (COPY_IN.matcher(statement).matches()) {
      int start = Math.min(lineEnd(at) + 1, text.length());
      int end = text.indexOf("\n\\.", start - 1);
      data = end < 0 || end < start ? "" : text.substring(start, end + 1);
      at = end < 0 ? text.length() : lineEnd(end + 1);
    }
    return new Step(statement, data, keep);
  }

  private void take(StringBuilder sql, int end) {
    sql.append(text, at, end);
    at = end;
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private int commentEnd() {
    int open = 0;
    for (int i = at; i < text.length(); i++) {
      if (text.startsWith("/*", i)) {
        open++;
        i++;
      } else if (text.startsWith("*/", i)) {
        i++;
        if (--open == 0) {
          return i + 1;
        }
      }
    }
    return text.length();
  }

  private int quoteEnd(char quote, CharSequence before) {
    boolean escapes =
        quote == '\'' && !before.isEmpty() && "eE".indexOf(before.charAt(before.length() - 1)) >= 0;
    for (int i = at + 1; i < text.length(); i++) {
      if (escapes && text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        return i + 1;
      }
    }
    return text.length();
  }

  private int dollar() {
    Matcher tag = DOLLAR.matcher(text).region(at, text.length());
    if (!tag.lookingAt() || at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1))) {
      return -1;
    }
    int end = text.indexOf(tag.group(), tag.end());
    return end < 0 ? text.length() : end + tag.group().length();
  }

  private static boolean isAtomic(CharSequence sql) {
    return ATOMIC.matcher(sql).find() && !END.matcher(sql).find();
  }

  private boolean isTaken() {
    return taken.stream().allMatch(Boolean::booleanValue);
  }

  private void command(String line) {
    String[] words = line.strip().split("\\s+", 3);
    if (taken.isEmpty() && List.of("\\elif", "\\else", "\\endif").contains(words[0])) {
      return;
    }
    switch (words[0].toLowerCase(Locale.ROOT)) {
      case "\\if" -> taken.add(isTrue(words));
      case "\\elif" -> taken.set(taken.size() - 1, false);
      case "\\else" -> taken.set(taken.size() - 1, !taken.getLast());
      case "\\endif" -> taken.removeLast();
      case "\\set" -> {
        if (words.length > 1 && isTaken()) {
          variables.put(words[1], words.length > 2 ? joined(substituted(words[2])) : "");
        }
      }
      case "\\getenv" -> {
        if (words.length > 2 && variables.containsKey(words[2].strip())) {
          variables.put(words[1], variables.get(words[2].strip()));
        }
      }
      default -> {
        // what psql shows is not of this test
      }
    }
  }

  private boolean isTrue(String[] words) {
    return words.length > 1
        && List.of("true", "t", "on", "1").contains(substituted(words[1]).toLowerCase(Locale.ROOT));
  }

  private static String joined(String words) {
    return words.replaceAll("'([^']*)'", "$1").replaceAll("\\s+", "");
  }

  private String substituted(String sql) {
    return VARIABLE
        .matcher(sql)
        .replaceAll(
            found -> {
              String name =
                  found.group(1) != null
                      ? found.group(1)
                      : found.group(2) != null ? found.group(2) : found.group(3);
              String value = variables.get(name);
              String shown =
                  value == null
                      ? found.group()
                      : found.group(1) != null
                          ? "'" + value.replace("'", "''") + "'"
                          : found.group(2) != null ? '"' + value + '"' : value;
              return Matcher.quoteReplacement(shown);
            });
  }
}
