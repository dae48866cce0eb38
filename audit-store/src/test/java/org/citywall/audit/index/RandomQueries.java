// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Random queries in the form that the parser makes, over the values of {@link RandomEvents}. */
final class RandomQueries {

  private final RandomGenerator random;

  RandomQueries(RandomGenerator random) {
    this.random = random;
  }

  /** A query nested at most this deep. */
  Query any(int depth) {
    if (depth == 0) {
      return leaf();
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Query.Not(any(depth - 1));
      case 1 -> new Query.And(parts(depth, Query.And.class));
      case 2 -> new Query.Or(parts(depth, Query.Or.class));
      default -> leaf();
    };
  }

  /** Two to four parts, none of the same kind: the parser flattens those. */
  private List<Query> parts(int depth, Class<? extends Query> not) {
    List<Query> parts = new ArrayList<>();
    int count = random.nextInt(2, 5);
    while (parts.size() < count) {
      Query part = any(depth - 1);
      if (!not.isInstance(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Query leaf() {
    return switch (random.nextInt(12)) {
      case 0 -> new Query.All();
      case 1 -> new Query.Words(RandomEvents.text(random, 3));
      case 2 -> new Query.Match("message", RandomEvents.text(random, 2));
      case 3 ->
          new Query.Match(pick("user.name", "labels.单 位:\\", "tags"), RandomEvents.keyword(random));
      case 4 -> new Query.Wildcard(pick("user.name", "labels.team", "tags"), pattern());
      case 5 ->
          new Query.Exists(
              pick(
                  "user.name",
                  "message",
                  "source.ip",
                  "labels.team",
                  "tags",
                  "@timestamp",
                  "db.rows.returned",
                  "event.original",
                  "event.start"));
      case 6 -> range(pick("db.rows.returned", "entry.leaf", "gov.source.seq"), 0, 12);
      case 7 -> range(pick("@timestamp", "event.start", "event.created"), -50, 50);
      case 8 -> new Query.Match("source.ip", RandomEvents.address(random));
      case 9 ->
          new Query.Cidr(
              "source.ip",
              pick(
                  "10.0.0.0/8",
                  "10.0.0.2/31",
                  "0.0.0.0/0",
                  "2001:db8::/32",
                  "::/0",
                  "2001:db8::2/127"));
      case 10 -> new Query.Match("db.rows.returned", Long.toString(random.nextInt(12)));
      default -> new Query.Match("entry.kind", pick("event", "decision", "tick"));
    };
  }

  private Query range(String field, int low, int high) {
    long from = random.nextInt(low, high);
    long to = random.nextLong(from, high + 1);
    return new Query.Range(
        field,
        random.nextInt(5) == 0 ? Long.MIN_VALUE : from,
        random.nextInt(5) == 0 ? Long.MAX_VALUE : to);
  }

  private String pattern() {
    String pattern =
        Stream.generate(() -> pick("*", "?", "z", "l", "\\*", "张", "i", "\\\\", " ", "("))
            .limit(random.nextInt(1, 4))
            .reduce("", String::concat);
    boolean active = pattern.replaceAll("\\\\.", "").matches(".*[*?].*");
    return active && !pattern.equals("*") ? pattern : "z*" + pattern;
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
