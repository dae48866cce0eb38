// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Completed;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;

/** Statements as lines of text, written and read. */
final class StatementText {

  private static final String HEADER = "citywall-retention/1";

  private record Line(String name, String value) {}

  private final List<Line> lines = new ArrayList<>();

  private StatementText() {}

  static String of(RetentionStatement statement) {
    StatementText text = new StatementText().add("act", statement.act());
    switch (statement) {
      case PolicySet set -> text.addPolicy(set.policy()).add("by", set.person());
      case HoldPlaced placed -> {
        placed.scopes().forEach(scope -> text.add("covers", scope.text()));
        text.add("incident", placed.incident()).signed(placed.person(), placed.reason());
      }
      case LiftProposed lift -> text.add("hold", lift.hold()).signed(lift.person(), lift.reason());
      case DestructionProposed proposed ->
          text.addPayloads(proposed.payloads()).signed(proposed.person(), proposed.reason());
      case Approved approved ->
          text.add("proposal", approved.proposal()).add("by", approved.person());
      case Withdrawn withdrawn ->
          text.add("proposal", withdrawn.proposal()).add("by", withdrawn.person());
      case Destroyed destroyed -> {
        text.addPayloads(destroyed.payloads());
        destroyed.keys().forEach(key -> text.add("key", key));
        text.add("approval", destroyed.approval());
      }
      case Completed completed -> {
        text.add("destruction", completed.destruction());
        completed.copies().forEach(copy -> text.add("copy", copy));
      }
    }
    StringBuilder out = new StringBuilder(HEADER).append('\n');
    text.lines.forEach(
        line -> out.append(line.name()).append(' ').append(line.value()).append('\n'));
    return out.toString();
  }

  /** Reads the bytes of a text that {@link #of} writes; empty for any other. */
  static Optional<RetentionStatement> read(byte[] text) {
    // Bytes that are no UTF-8 would all be read as the same sign.
    return parse(new String(text, StandardCharsets.UTF_8))
        .filter(statement -> Arrays.equals(statement.text(), text));
  }

  private static Optional<RetentionStatement> parse(String text) {
    if (!text.startsWith(HEADER + '\n')) {
      return Optional.empty();
    }
    StatementText read = new StatementText();
    text.lines()
        .skip(1)
        .forEach(
            line -> {
              int gap = line.indexOf(' ');
              read.add(gap < 0 ? line : line.substring(0, gap), line.substring(gap + 1));
            });
    try {
      return Optional.of(read.statement()).filter(statement -> of(statement).equals(text));
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private RetentionStatement statement() {
    return switch (one("act")) {
      case PolicySet.ACT -> new PolicySet(policy(), one("by"));
      case HoldPlaced.ACT ->
          new HoldPlaced(
              all("covers").stream().map(HoldScope::parse).toList(),
              one("incident"),
              one("by"),
              one("reason"));
      case LiftProposed.ACT -> new LiftProposed(leaf("hold"), one("by"), one("reason"));
      case DestructionProposed.ACT -> new DestructionProposed(payloads(), one("by"), one("reason"));
      case Approved.ACT -> new Approved(leaf("proposal"), one("by"));
      case Withdrawn.ACT -> new Withdrawn(leaf("proposal"), one("by"));
      case Destroyed.ACT ->
          new Destroyed(
              payloads(), all("key").stream().map(Integer::valueOf).toList(), leaf("approval"));
      case Completed.ACT -> new Completed(leaf("destruction"), all("copy"));
      default -> throw new NoSuchElementException("act");
    };
  }

  private StatementText addPolicy(RetentionPolicy policy) {
    add("days", policy.days());
    new TreeMap<>(policy.groups()).forEach((group, days) -> add("group-days", days + " " + group));
    return add("approval-days", policy.approvalDays());
  }

  private RetentionPolicy policy() {
    Map<String, Integer> groups = new TreeMap<>();
    for (String own : all("group-days")) {
      String[] parts = own.split(" ", 2);
      groups.put(parts[1], Integer.valueOf(parts[0]));
    }
    return new RetentionPolicy(
        Integer.parseInt(one("days")), groups, Integer.parseInt(one("approval-days")));
  }

  private StatementText addPayloads(Payloads payloads) {
    return add("group", payloads.group()).add("month", payloads.month());
  }

  private Payloads payloads() {
    return new Payloads(one("group"), YearMonth.parse(one("month")));
  }

  private void signed(String person, String reason) {
    add("by", person).add("reason", reason);
  }

  private StatementText add(String name, Object value) {
    lines.add(new Line(name, value.toString()));
    return this;
  }

  private String one(String name) {
    return all(name).getFirst();
  }

  private long leaf(String name) {
    return Long.parseLong(one(name));
  }

  private List<String> all(String name) {
    return lines.stream().filter(line -> line.name().equals(name)).map(Line::value).toList();
  }
}
