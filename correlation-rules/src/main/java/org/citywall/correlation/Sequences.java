// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;

/** Scenarios in which one thing follows another. */
final class Sequences {

  private static final String GRANT = "grant";
  private static final String USUAL = " usual";
  private static final String WRITTEN = "written ";
  private static final String OUT = "out ";
  private static final String PAID = "paid";
  private static final String TRY = "try";
  private static final String FAILURE = "failure";

  private Sequences() {}

  /** Scenario 10: rights are given, then the giver or the receiver takes many rows. */
  static Setup privilegeExport(RuleMetadata rule) {
    return new Setup(
        rule,
        Set.of(FactKind.IDENTITY, FactKind.ACCESS),
        rule.duration("window"),
        Duration.ofDays(rule.number("history") + 1),
        500,
        Sequences::rights,
        Sequences::judgeRights);
  }

  private static void rights(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    String target = fact.text(Field.USER_TARGET_NAME);
    boolean grants = fact.isAction("role-granted") || fact.isOperation("GRANT");
    if (grants) {
      for (String account : Set.of(fact.account(), target)) {
        if (!account.isEmpty()) {
          memory.add(account, GRANT + ' ' + fact.account() + ' ' + target, 0);
        }
      }
    } else if (fact.is(FactKind.ACCESS)
        && fact.level() >= rule.number("level")
        && fact.rows() > 0) {
      long day = day(fact, context);
      memory.sum(fact.account() + USUAL, day, fact.rows(), day - rule.number("history"));
      memory.addIfKnown(fact.account(), "rows", fact.rows());
    }
  }

  private static long day(Fact fact, ContextIndex context) {
    return context.context().calendar().day(fact.at()).toEpochDay();
  }

  private static void judgeRights(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    Mark grant =
        trail.marks().stream().filter(m -> m.text().startsWith(GRANT)).findFirst().orElse(null);
    if (grant == null || trail.last().text().startsWith(GRANT)) {
      return;
    }
    long rows =
        trail.marks().stream()
            .filter(mark -> mark.micros() >= grant.micros())
            .mapToLong(Mark::number)
            .sum();
    // Who reads as much on any day does not do it because of the rights.
    long day = day(fact, context);
    Trail habit = out.others().apply(fact.account() + USUAL);
    List<Long> before =
        habit == null
            ? List.of()
            : List.copyOf(habit.sums(day - rule.number("history"), day).values());
    long usual =
        before.size() < rule.number("learned")
            ? 0
            : Volumes.quantile(before, rule.number("quantile"), 100);
    if (rows >= rule.number("rows")
        && 100 * rows > usual * rule.number("times")
        && trail.isNews(rule.number("rows"))) {
      String[] names = grant.text().split(" ", -1);
      out.of(rule, "export", fact, trail)
          .subject(names[1])
          .subject(names[2])
          .approvedFrom(grant.micros())
          .with("giver", names[1])
          .with("receiver", names[2].isEmpty() ? names[1] : names[2])
          .with("rows", rows)
          .with("limit", Math.max(rule.number("rows"), usual * rule.number("times") / 100))
          .with("usual", usual)
          .with("level", fact.level())
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 26: a value is changed, paid for, and changed back. */
  static Setup revert(RuleMetadata rule) {
    return Setup.of(
        rule,
        50,
        Set.of(FactKind.ACCESS, FactKind.PAYMENT),
        Sequences::changes,
        Sequences::judgeChanges);
  }

  private static void changes(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    String before = fact.text(Field.DB_VALUE_BEFORE);
    String after = fact.text(Field.DB_VALUE_AFTER);
    for (String row : fact.texts(Field.DB_ROW_DIGESTS)) {
      if (fact.is(FactKind.PAYMENT)) {
        memory.addIfKnown(row, PAID, 0);
      } else if (!before.isEmpty()
          && !after.isEmpty()
          && fact.isOperation("UPDATE")
          && !fact.isApproved(context)) {
        memory.add(row, before + ' ' + after, 0);
      }
    }
  }

  private static void judgeChanges(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    String[] back = trail.last().text().split(" ");
    if (back.length != 2) {
      return;
    }
    for (Mark first : trail.marks()) {
      boolean away = first.text().startsWith(back[1] + ' ') && !first.equals(trail.last());
      boolean paid =
          trail.marks().stream()
              .anyMatch(m -> m.text().equals(PAID) && m.micros() >= first.micros());
      if (away && paid && !back[0].equals(back[1])) {
        out.of(rule, "revert", fact, trail)
            .approvedFrom(first.micros())
            .with("table", fact.table())
            .with("row", trail.key())
            .with("window", rule.duration("window"))
            .emit();
        return;
      }
    }
  }

  /** Scenario 29: statements with foreign text fail, then one answers with many rows. */
  static Setup injection(RuleMetadata rule) {
    List<String> patterns = List.of(rule.text("patterns").toLowerCase(Locale.ROOT).split("\\|"));
    return Setup.of(
        rule,
        200,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> statements(patterns, fact, memory),
        Sequences::judgeStatements);
  }

  private static void statements(List<String> patterns, Fact fact, Memory memory) {
    String session = fact.text(Field.DB_SESSION_ID);
    if (session.isEmpty()) {
      return;
    }
    String statement = fact.text(Field.DB_STATEMENT).toLowerCase(Locale.ROOT);
    boolean foreign = patterns.stream().anyMatch(statement::contains);
    boolean failed =
        fact.text(Field.EVENT_OUTCOME).equals("failure") || fact.event().has(Field.ERROR_CODE);
    String text = (foreign ? TRY : "") + (failed ? FAILURE : "");
    if (!text.isEmpty()) {
      memory.add(session, text, fact.rows());
    } else {
      memory.addIfKnown(session, "", fact.rows());
    }
  }

  private static void judgeStatements(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long tries = trail.count(mark -> mark.text().contains(TRY));
    long failures = trail.count(mark -> mark.text().contains(FAILURE));
    long rows = trail.last().number();
    if (tries > 0 && failures > 0 && rows >= rule.number("rows")) {
      out.of(rule, "success", fact, trail)
          .subject(fact.text(Field.SOURCE_IP))
          .with("session", trail.key())
          .with("tries", tries)
          .with("failures", failures)
          .with("rows", rows)
          .with("limit", rule.number("rows"))
          .with("window", rule.duration("window"))
          .emit();
    }
  }

  /** Scenario 33: what was read becomes a file, and the file leaves the device. */
  static Setup carryOut(RuleMetadata rule) {
    return Setup.of(
        rule, 200, Set.of(FactKind.ACCESS, FactKind.FILE), Sequences::files, Sequences::judgeFiles);
  }

  private static void files(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    if (fact.account().isEmpty()) {
      return;
    }
    String file = fact.text(Field.FILE_HASH) + ' ' + fact.text(Field.FILE_NAME);
    if (fact.is(FactKind.FILE)) {
      String channel = fact.text(Field.GOV_CHANNEL);
      if (fact.isAction("file-written")) {
        memory.addIfKnown(fact.account(), WRITTEN + file, fact.number(Field.FILE_SIZE, 0));
      } else if (!channel.equals("dlp")) {
        memory.addIfKnown(fact.account(), OUT + file, 0);
      }
    } else if (fact.level() >= rule.number("level") && fact.rows() >= rule.number("rows")) {
      memory.add(fact.account(), "read " + fact.table(), fact.rows());
    }
  }

  private static void judgeFiles(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    Mark last = trail.last();
    if (!last.text().startsWith(OUT)) {
      return;
    }
    String[] gone = last.text().split(" ", 3);
    Mark read = null;
    for (Mark mark : trail.marks()) {
      if (mark.text().startsWith("read ") && read == null) {
        read = mark;
      }
      if (read != null && mark.text().startsWith(WRITTEN) && isSame(gone, mark)) {
        out.of(rule, "chain", fact, trail)
            .approvedFrom(last.micros())
            .with("table", read.text().substring("read ".length()))
            .with("rows", read.number())
            .with("file", fact.text(Field.FILE_NAME))
            .with("channel", fact.text(Field.GOV_CHANNEL))
            .with("device", fact.text(Field.HOST_NAME))
            .with("window", rule.duration("window"))
            .emit();
        return;
      }
    }
  }

  // By content, else by name; where a device tells neither, the order alone has to do.
  private static boolean isSame(String[] gone, Mark written) {
    String[] file = written.text().split(" ", 3);
    boolean bothHashed = !gone[1].isEmpty() && !file[1].isEmpty();
    boolean bothNamed = !gone[2].isEmpty() && !file[2].isEmpty();
    return bothHashed && gone[1].equals(file[1])
        || bothNamed && gone[2].equals(file[2])
        || !bothHashed && !bothNamed;
  }
}
