// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import static org.citywall.console.generate.Case.DAY;
import static org.citywall.console.generate.Case.HOUR;
import static org.citywall.console.generate.Case.MINUTE;
import static org.citywall.console.generate.Case.at;
import static org.citywall.console.generate.Case.distinct;
import static org.citywall.console.generate.Case.level;
import static org.citywall.console.generate.Case.rows;
import static org.citywall.console.generate.Case.text;
import static org.citywall.console.generate.Case.words;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/** The scenarios about statements, sources and sequences; see {@link Definitions}. */
final class MoreDefinitions {

  private MoreDefinitions() {}

  static Map<Integer, Predicate<Case>> all() {
    Map<Integer, Predicate<Case>> all = new TreeMap<>();
    all.put(4, MoreDefinitions::enumeration);
    all.put(5, MoreDefinitions::probing);
    all.put(6, MoreDefinitions::differencing);
    all.put(7, MoreDefinitions::prefixes);
    all.put(10, MoreDefinitions::grantThenExport);
    all.put(13, c -> c.statements().stream().anyMatch(e -> !e.has(Field.GOV_CATALOGUE_ID)));
    all.put(14, MoreDefinitions::auditGap);
    all.put(15, MoreDefinitions::clock);
    all.put(16, MoreDefinitions::auditOff);
    all.put(17, MoreDefinitions::backup);
    all.put(18, MoreDefinitions::watermark);
    all.put(19, MoreDefinitions::honey);
    all.put(21, MoreDefinitions::drift);
    all.put(22, MoreDefinitions::scraping);
    all.put(23, MoreDefinitions::linkage);
    all.put(24, MoreDefinitions::massUpdate);
    all.put(25, MoreDefinitions::decision);
    all.put(26, MoreDefinitions::revert);
    all.put(29, MoreDefinitions::injection);
    all.put(31, MoreDefinitions::pastProxy);
    all.put(33, MoreDefinitions::chain);
    all.put(35, MoreDefinitions::split);
    all.put(37, MoreDefinitions::mirror);
    all.put(38, MoreDefinitions::tamper);
    return all;
  }

  private static boolean approved(Case c, Event event) {
    return ApprovedStatements.digests(c.world().city())
        .contains(text(event, Field.DB_STATEMENT_HASH));
  }

  private static boolean enumeration(Case c) {
    List<Event> walk = new ArrayList<>();
    long start = at(c.events().getFirst());
    c.statements().stream().filter(e -> at(e) - start < 10 * MINUTE).forEach(walk::add);
    List<Long> ids =
        walk.stream().map(e -> Long.valueOf(e.texts(Field.DB_KEY_VALUES).getFirst())).toList();
    Map<Long, Integer> steps = new TreeMap<>();
    for (int i = 1; i < ids.size(); i++) {
      long step = ids.get(i) - ids.get(i - 1);
      if (step > 0 && step < 50) {
        steps.merge(step, 1, Integer::sum);
      }
    }
    int rising = steps.values().stream().mapToInt(n -> n).sum();
    // An id astray spoils the step to it and the step from it.
    int spoiled = ids.size() - 1 - rising;
    return ids.size() >= 50
        && spoiled / 2.0 <= 0.2 * ids.size()
        && distinct(walk, Field.DB_STATEMENT_HASH).size() == 1
        && !approved(c, walk.getFirst());
  }

  private static boolean probing(Case c) {
    return Case.mostWords(c.statements(), 15 * MINUTE, Field.GOV_LOOK_UP_DIGESTS) >= 20
        && c.statements().stream().allMatch(e -> rows(e) <= 1)
        && words(c.statements(), Field.GOV_LOOK_UP_COLUMNS).size() == 1
        && c.statements().stream().noneMatch(e -> c.ticket("HELP_DESK", e));
  }

  private static boolean differencing(Case c) {
    for (Event one : c.statements()) {
      for (Event two : c.statements()) {
        Set<String> more = new HashSet<>(two.texts(Field.DB_PREDICATE_DIGESTS));
        boolean contains = more.containsAll(one.texts(Field.DB_PREDICATE_DIGESTS));
        more.removeAll(one.texts(Field.DB_PREDICATE_DIGESTS));
        long difference =
            Math.abs(one.number(Field.DB_RESULT_COUNT, 0) - two.number(Field.DB_RESULT_COUNT, 0));
        if (contains
            && more.size() == 1
            && difference <= 5
            && at(two) - at(one) >= 0
            && at(two) - at(one) <= 10 * MINUTE
            && !two.texts(Field.GOV_MASK_APPLIED).contains("noise")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean prefixes(Case c) {
    List<Event> grown = new ArrayList<>();
    List<Event> all = c.statements();
    for (int i = 1; i < all.size(); i++) {
      String before = all.get(i - 1).texts(Field.GOV_LOOK_UP_PREFIXES).getLast();
      if (all.get(i).texts(Field.GOV_LOOK_UP_PREFIXES).contains(before)) {
        grown.add(all.get(i));
      }
    }
    return Case.most(grown, 5 * MINUTE, e -> 1) >= 4 && !approved(c, all.getFirst());
  }

  private static boolean grantThenExport(Case c) {
    Event grant = c.doing("role-granted").getFirst();
    Event export = c.statements().getLast();
    return text(export, Field.USER_NAME).equals(text(grant, Field.USER_TARGET_NAME))
        && text(export, Field.DB_OPERATION).equals("COPY")
        && at(export) > at(grant)
        && at(export) - at(grant) <= DAY
        && !(c.ticket("CHANGE", export)
            && c.world().hasTicket("CHANGE", text(export, Field.USER_NAME), at(grant)));
  }

  private static boolean auditGap(Case c) {
    String origin = c.truth().actors().getFirst();
    boolean silent =
        c.doing("source-resumed").stream()
            .anyMatch(e -> e.number(Field.GOV_SILENCE_SECONDS, 0) > 300);
    boolean lost =
        c.doing("source-gap").stream()
            .anyMatch(
                e -> e.number(Field.GOV_GAP_TO, 0) >= e.number(Field.GOV_GAP_FROM, Long.MAX_VALUE));
    return (silent || lost)
        && !c.world().hasTicket("MAINTENANCE", origin, at(c.events().getFirst()));
  }

  private static boolean clock(Case c) {
    long furthestBack = 0;
    for (int i = 1; i < c.events().size(); i++) {
      furthestBack =
          Math.max(
              furthestBack,
              c.events().get(i - 1).timestampMicros() - c.events().get(i).timestampMicros());
    }
    Event last = c.events().getLast();
    long skew = Math.abs(last.timestampMicros() - last.receivedMicros());
    return Math.max(furthestBack, skew) > 2 * MINUTE
        && !c.world()
            .hasTicket("MAINTENANCE", c.truth().actors().getFirst(), at(c.events().getFirst()));
  }

  private static boolean auditOff(Case c) {
    return c.statements().stream()
        .map(e -> text(e, Field.DB_STATEMENT).toLowerCase(java.util.Locale.ROOT))
        .anyMatch(
            sql ->
                sql.startsWith("drop audit")
                    || (sql.startsWith("alter") || sql.startsWith("set"))
                        && (sql.contains("pgaudit") || sql.contains("log")));
  }

  private static boolean backup(Case c) {
    Event dump = c.statements().getFirst();
    boolean usual =
        text(dump, Field.USER_NAME).equals("backup")
            && text(dump, Field.SOURCE_IP).equals(City.BACKUP_HOST);
    return !usual || dump.number(Field.DB_BYTES_RETURNED, 0) > 2 * DatabasePlays.USUAL_BACKUP;
  }

  private static boolean watermark(Case c) {
    String found = text(c.doing("watermark-found").getFirst(), Field.GOV_WATERMARK_ID);
    return !found.isEmpty()
        && !found.contains("SAMPLE")
        && found.equals(text(c.statements().getFirst(), Field.GOV_WATERMARK_ID));
  }

  private static boolean honey(Case c) {
    return c.statements().stream()
        .anyMatch(
            e ->
                !e.texts(Field.GOV_HONEY_IDS).isEmpty()
                    && !text(e, Field.SOURCE_IP).equals(City.BACKUP_HOST));
  }

  private static ApiKey contract(Case c) {
    String id = c.truth().actors().getFirst();
    return c.world().city().apiKeys().stream().filter(k -> k.id().equals(id)).findFirst().get();
  }

  private static boolean drift(Case c) {
    Set<String> asked = new HashSet<>(words(c.events(), Field.GOV_API_FIELDS));
    asked.removeAll(contract(c).fields());
    asked.removeAll(contract(c).newerFields());
    return !asked.isEmpty();
  }

  private static boolean scraping(Case c) {
    long empty = c.events().stream().filter(e -> e.number(Field.GOV_API_RECORDS, 0) == 0).count();
    return Case.mostWords(c.events(), 10 * MINUTE, Field.GOV_LOOK_UP_DIGESTS) >= 200
        && empty > 0.6 * c.events().size();
  }

  private static boolean linkage(Case c) {
    Map<String, Set<String>> byOwner = new TreeMap<>();
    for (Event event : c.statements()) {
      byOwner
          .computeIfAbsent(text(event, Field.GOV_OWNER_CODE), owner -> new HashSet<>())
          .addAll(event.texts(Field.GOV_SUBJECTS_DIGESTS));
    }
    List<Set<String>> sets = List.copyOf(byOwner.values());
    int alike = 0;
    for (Set<String> set : sets) {
      Set<String> union = new HashSet<>(set);
      union.addAll(sets.getFirst());
      Set<String> common = new HashSet<>(set);
      common.retainAll(sets.getFirst());
      alike += (double) common.size() / union.size() > 0.5 ? 1 : 0;
    }
    String project = text(c.statements().getFirst(), Field.GOV_PROJECT_ID);
    return alike >= 3
        && Case.span(c.events()) <= DAY
        && !c.world().hasTicket("LINKAGE", project, at(c.events().getFirst()));
  }

  private static boolean massUpdate(Case c) {
    boolean large =
        c.statements().stream()
            .anyMatch(
                e ->
                    e.number(Field.DB_ROWS_AFFECTED, 0)
                        > 0.2 * e.number(Field.DB_TABLE_ROWS, Long.MAX_VALUE));
    boolean many = Case.mostWords(c.statements(), 5 * MINUTE, Field.DB_TABLE) >= 10;
    return (large || many) && c.statements().stream().noneMatch(e -> c.ticket("RELEASE", e));
  }

  private static boolean decision(Case c) {
    return c.statements().stream()
        .anyMatch(
            e ->
                e.texts(Field.GOV_DATA_CATEGORY).contains("business.decision")
                    && level(e) >= 3
                    && !text(e, Field.DB_CLIENT_APP).equals("yunlan-desk")
                    && !(c.ticket("CHANGE", e) && e.texts(Field.GOV_APPROVERS).size() >= 2));
  }

  private static boolean revert(Case c) {
    List<Event> changes = c.statements();
    Event one = changes.getFirst();
    Event two = changes.getLast();
    return text(one, Field.DB_VALUE_BEFORE).equals(text(two, Field.DB_VALUE_AFTER))
        && one.texts(Field.DB_ROW_DIGESTS).equals(two.texts(Field.DB_ROW_DIGESTS))
        && at(two) - at(one) <= DAY
        && c.doing("benefit-paid").stream().anyMatch(e -> at(e) > at(one) && at(e) < at(two))
        && !approved(c, one);
  }

  private static boolean injection(Case c) {
    List<Event> broken = c.statements().stream().filter(e -> e.has(Field.ERROR_CODE)).toList();
    Event last = c.statements().getLast();
    return !broken.isEmpty()
        && rows(last) >= 100
        && distinct(c.statements(), Field.DB_SESSION_ID).size() == 1
        && at(last) - at(broken.getFirst()) <= 10 * MINUTE
        && !c.world().hasTicket("SECURITY_TEST", text(last, Field.SOURCE_IP), at(last));
  }

  private static boolean pastProxy(Case c) {
    return c.statements().stream()
        .anyMatch(
            e ->
                text(e, Field.EVENT_DATASET).equals("database.access")
                    && text(e, Field.DB_NAME).equals(City.DATABASE)
                    && !Set.of(City.PROXY, City.JUMP_HOST, City.BACKUP_HOST)
                        .contains(text(e, Field.SOURCE_IP)));
  }

  private static boolean chain(Case c) {
    List<Event> written = c.doing("file-written");
    List<Event> gone = c.doing("copied", "sent");
    Event query = c.statements().getFirst();
    return written.size() == 1
        && gone.size() == 1
        && at(query) < at(written.getFirst())
        && at(written.getFirst()) < at(gone.getFirst())
        && at(gone.getFirst()) - at(query) <= HOUR
        && text(written.getFirst(), Field.FILE_HASH).equals(text(gone.getFirst(), Field.FILE_HASH))
        && distinct(c.events(), Field.USER_NAME).size() == 1
        && !c.ticket("TRANSFER", gone.getFirst());
  }

  private static boolean split(Case c) {
    long covered = 0;
    long end = 0;
    for (Event event : c.statements()) {
      long from = event.number(Field.DB_KEY_FROM, 0);
      if (from <= end) {
        return false;
      }
      end = event.number(Field.DB_KEY_TO, 0);
      covered += end - from + 1;
    }
    long rows = c.statements().getFirst().number(Field.DB_TABLE_ROWS, 1);
    Set<String> networks = new HashSet<>();
    distinct(c.statements(), Field.SOURCE_IP)
        .forEach(ip -> networks.add(ip.substring(0, ip.lastIndexOf('.'))));
    return distinct(c.statements(), Field.USER_NAME).size() >= 3
        && networks.size() == 1
        && covered >= 0.9 * rows
        && Case.span(c.events()) <= 4 * HOUR
        && !approved(c, c.statements().getFirst());
  }

  private static boolean mirror(Case c) {
    return distinct(c.events(), Field.GOV_SIGHTING_DIGEST).size() == 1
        && distinct(c.events(), Field.GOV_SITE).size() >= 2
        && at(c.events().get(1)) - at(c.events().getFirst()) <= 7 * DAY
        && c.events().stream().noneMatch(e -> e.has(Field.GOV_VENDOR_ID));
  }

  private static boolean tamper(Case c) {
    Event change = c.doing("rule-disabled", "filter-widened").getFirst();
    Event after = c.statements().getLast();
    return change.texts(Field.GOV_APPROVERS).size() < 2
        && at(after) > at(change)
        && at(after) - at(change) <= DAY
        && rows(after) > 5_000
        && !c.ticket("EXPORT", after);
  }
}
