// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citywall.audit.event.FieldType;

/** Writes a query as text that {@link QueryParser} reads back as the same query. */
public final class QueryPrinter {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_.-]+");
  private static final Pattern OPERATOR = Pattern.compile("AND|OR|NOT");

  private QueryPrinter() {}

  public static String print(Query query) {
    return switch (query) {
      case Query.All all -> "*";
      case Query.Words words -> quoted(words.text());
      case Query.Match match -> name(match.field()) + value(match.value());
      case Query.Wildcard wildcard -> name(wildcard.field()) + pattern(wildcard.pattern());
      case Query.Exists exists -> name(exists.field()) + "*";
      case Query.Cidr cidr -> name(cidr.field()) + cidr.block();
      case Query.Range range -> name(range.field()) + range(range);
      case Query.And and when and.parts().isEmpty() -> "*";
      case Query.And and -> joined(and.parts(), " AND ");
      case Query.Or or when or.parts().isEmpty() -> "NOT *";
      case Query.Or or -> joined(or.parts(), " OR ");
      case Query.Not not -> "NOT " + nested(not.part());
    };
  }

  private static String joined(List<Query> parts, String operator) {
    return parts.stream().map(QueryPrinter::nested).collect(Collectors.joining(operator));
  }

  private static String nested(Query part) {
    boolean compound =
        part instanceof Query.And and && !and.parts().isEmpty()
            || part instanceof Query.Or or && !or.parts().isEmpty();
    return compound ? "(" + print(part) + ")" : print(part);
  }

  private static String range(Query.Range range) {
    boolean time =
        SearchField.named(range.field())
            .map(field -> field.type() == FieldType.TIMESTAMP)
            .orElse(false);
    return bound(range.from(), Long.MIN_VALUE, time)
        + ".."
        + bound(range.to(), Long.MAX_VALUE, time);
  }

  private static String bound(long bound, long open, boolean time) {
    if (bound == open) {
      return "*";
    }
    return time ? QueryTime.exact(bound) : Long.toString(bound);
  }

  private static String name(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      text.append(QueryScanner.endsName(c) ? "\\" : "").append(c);
    }
    return text.append(':').toString();
  }

  private static String value(String value) {
    return PLAIN.matcher(value).matches() && !OPERATOR.matcher(value).matches()
        ? value
        : quoted(value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A pattern's own escapes are the language's too; what ends a word needs one more. */
  private static String pattern(String pattern) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      text.append(QueryScanner.endsWord(c) ? "\\" : "").append(c);
    }
    return text.toString();
  }
}
