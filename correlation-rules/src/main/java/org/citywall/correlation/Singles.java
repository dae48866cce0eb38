// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.DataFacts.ApiContract;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;
import org.jspecify.annotations.Nullable;

/** Scenarios in which a single event is enough, given what the city knows. */
final class Singles {

  private static final long FIRST = 0;
  private static final long CREATED = 1;
  private static final String FOUND = "found";
  private static final String RELATED = "related";

  private Singles() {}

  /** Scenario 13: a table is used that the catalogue does not know. */
  static Setup uncatalogued(RuleMetadata rule) {
    return Setup.of(
        rule, 20, Set.of(FactKind.ACCESS), Singles::unknownTables, Singles::judgeUnknownTable);
  }

  private static void unknownTables(
      RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    boolean known = fact.level() > 0 || fact.event().has(Field.GOV_CATALOGUE_ID);
    if (known || context.context().dataSets().isEmpty()) {
      return;
    }
    Set<String> skipped = Set.of(rule.text("skipped-schemas").split(" "));
    for (String table : fact.texts(Field.DB_TABLE)) {
      int dot = table.indexOf('.');
      if (dot < 0 || !skipped.contains(table.substring(0, dot))) {
        memory.add(table, fact.isOperation("CREATE") ? "create" : "", fact.rows());
      }
    }
  }

  private static void judgeUnknownTable(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    long grace = rule.duration("grace").toNanos() / 1000;
    if (trail.last().text().equals("create")) {
      trail.put(CREATED, trail.number(CREATED, fact.micros()));
      return;
    }
    long created = trail.number(CREATED, Long.MIN_VALUE);
    long first = trail.number(FIRST, Long.MIN_VALUE);
    boolean isNew = first == Long.MIN_VALUE;
    trail.put(FIRST, isNew ? fact.micros() : first);
    boolean seenCreated = created != Long.MIN_VALUE;
    long since = seenCreated ? created : isNew ? fact.micros() : first;
    boolean isLasting = fact.micros() - since > grace;
    if (isLasting || isNew && !seenCreated) {
      out.of(rule, isLasting ? "lasting" : "new", fact, trail)
          .about("table:" + trail.key())
          .with("table", trail.key())
          .with("grace", rule.duration("grace"))
          .with("rows", trail.sum())
          .emit();
    }
  }

  /** Scenario 18: a watermark of the city is found elsewhere. */
  static Setup watermark(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.LEAK, FactKind.ACCESS, FactKind.FILE),
        (r, fact, context, memory) -> {
          String id = fact.text(Field.GOV_WATERMARK_ID);
          if (!id.isEmpty()) {
            memory.add(id, fact.is(FactKind.LEAK) ? FOUND : fact.account(), fact.rows());
          }
        },
        Singles::judgeWatermark);
  }

  private static void judgeWatermark(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    String id = trail.key();
    if (!fact.is(FactKind.LEAK) || context.facts().ownWatermarks().contains(id)) {
      return;
    }
    List<Mark> exports = trail.marks().stream().filter(mark -> !mark.text().equals(FOUND)).toList();
    String account = exports.isEmpty() ? "" : exports.getLast().text();
    out.of(rule, exports.isEmpty() ? "untraced" : "traced", fact, trail)
        .about(account.isEmpty() ? "watermark:" + id : "user:" + account)
        .with("watermark", id)
        .with("account", account)
        .with("rows", exports.isEmpty() ? 0 : exports.getLast().number())
        .with("place", fact.text(Field.DESTINATION_ADDRESS))
        .emit();
  }

  /** Scenario 19: a planted record or table is touched. */
  static Setup honey(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.ACCESS, FactKind.API_CALL),
        (r, fact, context, memory) -> {
          String planted = planted(fact, context);
          if (!planted.isEmpty() && !context.isMeantJob(fact)) {
            memory.add(fact.entity() + fact.text(Field.GOV_API_KEY_ID), planted, fact.rows());
          }
        },
        (r, trail, fact, context, out) ->
            out.of(r, "touched", fact, trail)
                .with("who", fact.account() + fact.text(Field.GOV_API_KEY_ID))
                .with("planted", trail.last().text())
                .with("application", fact.text(Field.DB_CLIENT_APP))
                .with("address", fact.address())
                .emit());
  }

  private static String planted(Fact fact, ContextIndex context) {
    List<String> ids = fact.texts(Field.GOV_HONEY_IDS);
    if (!ids.isEmpty()) {
      return String.join(",", ids);
    }
    return fact.texts(Field.DB_TABLE).stream()
        .filter(context.facts().honey()::contains)
        .findFirst()
        .orElse("");
  }

  /** Scenario 21: a key asks for fields that its contract does not name. */
  static Setup apiPurpose(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.API_CALL),
        (r, fact, context, memory) -> {
          String fields = String.join(",", unapproved(fact, context));
          if (!fields.isEmpty()) {
            memory.add(fact.text(Field.GOV_API_KEY_ID), version(fact) + ' ' + fields, 1);
          }
        },
        Singles::judgeFields);
  }

  private static String version(Fact fact) {
    return fact.text(Field.GOV_API_CONTRACT_VERSION);
  }

  private static List<String> unapproved(Fact fact, ContextIndex context) {
    ApiContract contract = context.contract(fact.text(Field.GOV_API_KEY_ID));
    if (contract == null || contract.fields() == null || contract.fields().isEmpty()) {
      return List.of();
    }
    List<String> approved = contract.fields();
    return fact.texts(Field.GOV_API_FIELDS).stream().filter(f -> !approved.contains(f)).toList();
  }

  // A contract of another version may be known to the gateway before it is known here.
  private static void judgeFields(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    ApiContract contract = context.contract(trail.key());
    String version = version(fact);
    boolean other =
        contract != null
            && contract.version() != null
            && !version.isEmpty()
            && !version.equals(contract.version());
    Mark first =
        trail.marks().stream()
            .filter(mark -> mark.text().startsWith(version + ' '))
            .findFirst()
            .orElse(trail.last());
    Duration lag = rule.duration("lag");
    if (other && fact.micros() - first.micros() < lag.toNanos() / 1000) {
      return;
    }
    out.of(rule, "drift", fact, trail)
        .about("api-key:" + trail.key())
        .subject(trail.key())
        .with("key", trail.key())
        .with("api", fact.text(Field.GOV_API_ID))
        .with("fields", trail.last().text().substring(version.length() + 1))
        .with("lag", lag)
        .emit();
  }

  /** Scenario 25: a decision is changed past the application that makes it. */
  static Setup decision(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> {
          Set<String> applications = context.facts().applications();
          if (fact.isOperation("UPDATE")
              && fact.level() >= r.number("level")
              && fact.texts(Field.GOV_DATA_CATEGORY).contains(r.text("category"))
              && !applications.isEmpty()
              && !applications.contains(fact.text(Field.DB_CLIENT_APP))) {
            memory.add(
                fact.account() + ' ' + fact.table(), "", fact.number(Field.DB_ROWS_AFFECTED, 0));
          }
        },
        Singles::judgeDecision);
  }

  private static void judgeDecision(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    boolean fourEyes =
        fact.texts(Field.GOV_APPROVERS).stream().anyMatch(who -> !who.equals(fact.account()));
    Crossings.Draft draft =
        out.of(rule, "changed", fact, trail)
            .with("table", fact.table())
            .with("columns", String.join(",", fact.texts(Field.DB_COLUMNS)))
            .with("application", fact.text(Field.DB_CLIENT_APP))
            .with("rows", trail.sum())
            .with("level", fact.level());
    (fourEyes ? draft : draft.inexcusable()).emit();
  }

  /** Scenario 34: a record of somebody who is watched, or close, is looked at. */
  static Setup snooping(RuleMetadata rule) {
    return Setup.of(
        rule,
        100,
        Set.of(FactKind.ACCESS),
        (r, fact, context, memory) -> {
          List<String> subjects = fact.texts(Field.GOV_SUBJECTS_DIGESTS);
          if (subjects.size() <= r.number("subjects") && fact.type() != PersonType.SERVICE) {
            for (String subject : subjects) {
              String closeness = closeness(fact.person(), subject, context);
              if (!closeness.isEmpty()) {
                memory.add(fact.account() + ' ' + subject, closeness, 1);
              }
            }
          }
        },
        (r, trail, fact, context, out) -> {
          long looks = trail.marks().size();
          // Who works in a city meets a relative's record once or twice in the work.
          if (trail.last().text().equals(RELATED) && looks < r.number("looks")) {
            return;
          }
          out.of(r, looks >= r.number("looks") ? "repeated" : "look", fact, trail)
              .with("closeness", trail.last().text())
              .with("looks", looks)
              .with("limit", r.number("looks"))
              .with("table", fact.table())
              .with("window", r.duration("window"))
              .emit();
        });
  }

  private static String closeness(@Nullable Person person, String subject, ContextIndex context) {
    if (person != null && subject.equals(person.subject())) {
      return "own";
    }
    if (person != null && person.related() != null && person.related().contains(subject)) {
      return RELATED;
    }
    return context.isWatched(subject) ? "watched" : "";
  }
}
