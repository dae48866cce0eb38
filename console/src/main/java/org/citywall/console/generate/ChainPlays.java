// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/** Scenarios in which one thing follows another: 10, 18, 26, 29, 33, 38. */
final class ChainPlays {

  /** Watermark of a sample that the city gave away itself. */
  static final String SAMPLE = "WM-SAMPLE-1";

  private static final List<String> INJECTED =
      List.of(
          " WHERE id = 0 UNION SELECT name, id_card FROM person --",
          " WHERE id = extractvalue(1, concat(0x7e, version()))",
          " WHERE id = 1 OR 1=1 --",
          " WHERE id = 1; SELECT pg_sleep(5) --");

  private ChainPlays() {}

  /** Somebody gets a role and exports what it opens. */
  static void grantThenExport(Script s) {
    s.begin(9, 12, 4);
    Person who = s.exporter();
    Person admin = s.staff(Duty.OPERATOR);
    long hours = s.draw("hours-between");
    long rows = s.draw("rows");
    String ticket =
        s.is(Kind.BENIGN)
            ? s.ticket("CHANGE", who.account(), rows, hours * Script.HOUR + Script.HOUR)
            : null;
    if (s.is(Kind.BENIGN) && rows > 4_500) {
      s.ticket("EXPORT", who.account(), rows, hours * Script.HOUR + Script.HOUR);
    }
    s.add(s.facts().identity(s.at(), "role-granted", admin.account(), who.account()))
        .put(Field.USER_TARGET_ROLES, List.of("data-exporter"))
        .put(Field.GOV_TICKET_ID, ticket);
    s.pass(hours * Script.HOUR - 20 * Script.MINUTE);
    DataSet set = s.personal(3);
    s.decisive(
        s.add(s.facts().access(s.at(), who, set, Sql.export(set), rows, s.tool("DBeaver")))
            .put(Field.GOV_TICKET_ID, ticket));
    if (s.isAttack() && rows > 5_000) {
      s.also(1);
    }
  }

  /** What was exported here is found elsewhere. */
  static void watermark(Script s) {
    s.begin(9, 16, 5);
    Person who = s.exporter();
    DataSet set = s.personal(3);
    String mark = s.is(Kind.BENIGN) ? SAMPLE : s.freshName("WM-");
    s.add(s.facts().access(s.at(), who, set, Sql.export(set), s.draw("rows"), s.tool("DBeaver")))
        .put(Field.GOV_WATERMARK_ID, mark);
    s.pass(s.draw("hours-until-found") * Script.HOUR);
    Draft found =
        s.add(
            s.facts()
                .file(s.at(), who, "watermark-found", "list-" + s.freshName("") + ".xlsx", 40_000)
                .put(Field.EVENT_DATASET, "dlp.finding")
                .put(Field.GOV_CHANNEL, "dlp")
                .put(Field.DESTINATION_ADDRESS, "share.example.net")
                .put(Field.USER_NAME, "svc-dlp"));
    if (!s.is(Kind.NEAR_MISS)) {
      found.put(Field.GOV_WATERMARK_ID, mark);
    }
    s.decisive(found);
  }

  /** A value changed for as long as it pays. */
  static void revert(Script s) {
    s.begin(9, 12, 5);
    Person who = s.staff(Duty.CLERK);
    DataSet set = s.personal(who, 3);
    long hours = s.draw("hours-until-reverted");
    String row = s.city().marks().of("row", s.random().nextLong());
    String before = s.city().marks().of("value", s.random().nextLong());
    String after = s.city().marks().of("value", s.random().nextLong());
    Sql sql = s.is(Kind.BENIGN) ? ApprovedStatements.repairOf(set) : Sql.amend(set, "amount");
    String ticket =
        s.is(Kind.BENIGN)
            ? s.ticket("DATA_FIX", who.account(), 0, (hours + 1) * Script.HOUR)
            : null;
    s.add(change(s, who, set, sql, row, before, after, ticket));
    s.pass(hours * Script.HOUR / 2);
    s.add(payment(s, row));
    s.pass(hours * Script.HOUR / 2 - 5 * Script.MINUTE);
    s.decisive(s.add(change(s, who, set, sql, row, after, before, ticket)));
  }

  private static Draft change(
      Script s,
      Person who,
      DataSet set,
      Sql sql,
      String row,
      String before,
      String after,
      @Nullable String ticket) {
    return s.facts()
        .pooled(s.at(), who, set, sql, 1)
        .put(Field.DB_ROW_DIGESTS, List.of(row))
        .put(Field.DB_VALUE_BEFORE, before)
        .put(Field.DB_VALUE_AFTER, after)
        .put(Field.GOV_TICKET_ID, ticket);
  }

  private static Draft payment(Script s, String row) {
    return new Draft(s.at(), "app/payments")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_DATASET, "business.payment")
        .put(Field.EVENT_CATEGORY, List.of("web"))
        .put(Field.EVENT_TYPE, List.of("info"))
        .put(Field.EVENT_ACTION, "benefit-paid")
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.USER_NAME, "svc-payments")
        .put(Field.DB_ROW_DIGESTS, List.of(row));
  }

  /** Statements that break out of their frame, then one that answers with a lot. */
  static void injection(Script s) {
    s.begin(0, 23, 1, day -> true);
    long tries = s.draw("tries");
    long rows = s.draw("rows");
    Person app = s.service();
    DataSet set = s.personal(3);
    String session = s.freshName("web-");
    String address =
        s.is(Kind.BENIGN) ? City.SCANNER : "203.0.113." + (1 + s.random().nextInt(250));
    s.actor(address);
    if (s.is(Kind.BENIGN)) {
      s.ticket("SECURITY_TEST", City.SCANNER, 0, 2 * Script.HOUR);
    }
    for (long i = 0; i < tries; i++) {
      String text = "SELECT * FROM " + set.qualifiedTable() + City.pick(INJECTED, s.random());
      Sql sql = Sql.of("SELECT", text, List.of("id"));
      s.add(web(s, app, set, sql, 0, session, address))
          .put(Field.EVENT_OUTCOME, "failure")
          .put(Field.ERROR_CODE, "42601");
      s.pass(2 * Script.SECOND, 20 * Script.SECOND);
    }
    Sql last = Sql.of("SELECT", "SELECT * FROM " + set.qualifiedTable(), List.of("id"));
    s.decisive(s.add(web(s, app, set, last, rows, session, address)));
  }

  private static Draft web(
      Script s, Person app, DataSet set, Sql sql, long rows, String session, String address) {
    return s.facts()
        .access(s.at(), app, set, sql, rows, "portal-web")
        .put(Field.DB_SESSION_ID, session)
        .put(Field.NETWORK_FORWARDED_IP, address)
        .put(Field.SOURCE_IP, address);
  }

  /** Read, saved, carried off. */
  static void exportChain(Script s) {
    s.begin(9, 15, 1);
    Person who = s.exporter();
    DataSet set = s.personal(3);
    long rows = s.draw("rows");
    long minutes = s.draw("minutes-in-all");
    String channel = List.of("usb", "im", "mail").get((int) s.draw("channel"));
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("TRANSFER", who.account(), rows, 2 * Script.HOUR) : null;
    String name = "list-" + s.freshName("") + ".csv";
    s.add(s.facts().access(s.at(), who, set, Sql.export(set), rows, s.tool("DBeaver")))
        .put(Field.GOV_TICKET_ID, ticket);
    s.pass(minutes * Script.MINUTE / 3);
    s.add(s.facts().file(s.at(), who, "file-written", name, rows * 120))
        .put(Field.GOV_TICKET_ID, ticket);
    s.pass(minutes * Script.MINUTE * 2 / 3 - 10 * Script.SECOND);
    String action = channel.equals("usb") ? "copied" : "sent";
    s.decisive(
        s.add(s.facts().file(s.at(), who, action, name, rows * 120))
            .put(Field.GOV_CHANNEL, s.is(Kind.BENIGN) ? "dlp" : channel)
            .put(Field.GOV_TICKET_ID, ticket));
  }

  /** A rule is put out of force, and then happens what it was for. */
  static void detectorTamper(Script s) {
    s.begin(9, 12, 3);
    Person officer = s.staff(Duty.OPERATOR);
    Person who = s.exporter();
    long hours = s.draw("hours-until-used");
    long rows = s.draw("rows");
    boolean widened = s.random().nextBoolean();
    Draft change =
        s.add(
            s.facts()
                .identity(
                    s.at(), widened ? "filter-widened" : "rule-disabled", officer.account(), "")
                .put(Field.EVENT_DATASET, "citywall.rules")
                .put(Field.EVENT_CATEGORY, List.of("configuration"))
                .put(Field.RULE_ID, "bulk-export"));
    if (s.is(Kind.BENIGN)) {
      change.put(Field.GOV_APPROVERS, List.of(officer.account(), "chief-security"));
    }
    s.pass(hours * Script.HOUR + 5 * Script.MINUTE);
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("EXPORT", who.account(), rows, 2 * Script.HOUR) : null;
    DataSet set = s.personal(3);
    Draft export =
        s.add(s.facts().access(s.at(), who, set, Sql.export(set), rows, s.tool("DBeaver")))
            .put(Field.GOV_TICKET_ID, ticket);
    s.decisive(export);
    if (s.isAttack()) {
      s.also(1);
    }
  }
}
