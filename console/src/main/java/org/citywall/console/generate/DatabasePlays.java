// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.masking.catalogue.DataSet;

/** Scenarios of what is done to a database: 13, 16, 17, 19, 24, 25, 31. */
final class DatabasePlays {

  static final Person BACKUP =
      new Person(
          "P0001",
          "backup",
          "backup",
          PersonType.SERVICE,
          Duty.BATCH,
          "339900-DSJ",
          null,
          City.BACKUP_HOST);

  static final long USUAL_BACKUP = 40_000_000_000L;

  private static final List<String> AUDIT_OFF =
      List.of(
          "ALTER SYSTEM SET pgaudit.log = 'none'",
          "ALTER ROLE app SET pgaudit.log = 'none'",
          "SET GLOBAL general_log = 'OFF'",
          "ALTER SYSTEM SET log_connections = off");
  private static final List<String> HARMLESS =
      List.of(
          "ALTER SYSTEM SET work_mem = '64MB'",
          "SELECT current_setting('pgaudit.log')",
          "SET search_path = public",
          "SHOW log_statement");
  private static final List<String> OTHER_AUDIT_OFF =
      List.of(
          "ALTER SYSTEM SET pgaudit.log TO 'none'",
          "ALTER DATABASE yunlan SET pgaudit.log = 'none'",
          "SET GLOBAL audit_log_policy = 'NONE'",
          "ALTER SYSTEM SET log_statement TO 'none'",
          "DROP AUDIT POLICY all_access");
  private static final List<String> OTHER_HARMLESS =
      List.of(
          "ALTER SYSTEM SET shared_buffers = '4GB'",
          "SHOW pgaudit.log",
          "SELECT name FROM pg_settings WHERE name LIKE 'log%'",
          "SET statement_timeout = 5000",
          "SET application_name = 'audit report'");
  private static final List<String> DUMPS =
      List.of("pg_dump", "mysqldump", "expdp", "pg_basebackup");
  private static final List<String> OTHER_DUMPS =
      List.of("pg_dumpall", "mysqldump 8.4", "expdp@batch", "pg_dump 17");

  private DatabasePlays() {}

  /** A table that no catalogue knows. */
  static void uncatalogued(Script s) {
    s.begin(9, 16, 1);
    Person who = s.staff(Duty.ANALYST);
    DataSet like = s.personal(who, 3);
    long reads = s.draw("reads");
    String table = like.schema() + "." + s.freshName("tmp_list_");
    Sql sql = Sql.of("SELECT", "SELECT * FROM " + table, List.of("c1", "c2"));
    for (long i = 0; i < reads; i++) {
      long rows = 1 + s.random().nextInt(100);
      Draft draft = s.facts().access(s.at(), who, like, sql, rows, s.tool("DBeaver"));
      if (!s.is(Kind.NEAR_MISS)) {
        draft = stranger(s, who, table, sql, rows);
      }
      s.add(draft);
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(Script.MINUTE, 10 * Script.MINUTE);
    }
  }

  private static Draft stranger(Script s, Person who, String table, Sql sql, long rows) {
    DataSet any = s.city().dataSets().getFirst();
    Draft known = s.facts().access(s.at(), who, any, sql, rows, s.tool("DBeaver"));
    return known
        .without(Field.GOV_DATA_LEVEL)
        .without(Field.GOV_DATA_CATEGORY)
        .without(Field.GOV_CATALOGUE_ID)
        .without(Field.GOV_OWNER_CODE)
        .without(Field.GOV_SUBJECTS_COUNT)
        .put(Field.DB_SCHEMA, table.substring(0, table.indexOf('.')))
        .put(Field.DB_TABLE, List.of(table));
  }

  static void auditOff(Script s) {
    s.begin(9, 17, 1);
    Person who = s.staff(Duty.OPERATOR);
    int which = (int) s.draw("statement");
    String text = auditStatements(s).get(which);
    DataSet any = City.pick(s.city().dataSets(), s.random());
    Sql sql = Sql.of(text.substring(0, text.indexOf(' ')), text, List.of());
    s.decisive(
        s.add(
            s.facts()
                .direct(s.at(), who, any, sql, 0, City.JUMP_HOST, s.tool("psql"))
                .without(Field.DB_TABLE)
                .without(Field.GOV_DATA_LEVEL)
                .without(Field.GOV_CATALOGUE_ID)));
  }

  private static List<String> auditStatements(Script s) {
    if (s.is(Kind.NEAR_MISS)) {
      return s.isHeldOut() ? OTHER_HARMLESS : HARMLESS;
    }
    return s.isHeldOut() ? OTHER_AUDIT_OFF : AUDIT_OFF;
  }

  /** A dump from where none belongs; nearly so: the job itself, a little bigger. */
  static void backup(Script s) {
    boolean attack = s.isAttack();
    if (attack) {
      s.begin(10, 20, 1);
    } else {
      s.beginBetween(1, 2, 1, s.city()::works);
    }
    Person who = attack ? s.staff(Duty.OPERATOR) : BACKUP;
    s.actor(who.account());
    long percent = s.draw("percent-of-usual-bytes");
    String tool = attack ? dumps(s).get((int) s.draw("tool")) : "pg_dump";
    String address = attack ? City.JUMP_HOST : City.BACKUP_HOST;
    DataSet set = s.personal(3);
    s.decisive(s.add(dump(s.facts(), s.at(), who, set, address, tool, percent)));
  }

  private static List<String> dumps(Script s) {
    return s.isHeldOut() ? OTHER_DUMPS : DUMPS;
  }

  static Draft dump(
      Facts facts, long at, Person who, DataSet set, String address, String tool, long percent) {
    Sql sql = Sql.of("COPY", "COPY " + set.qualifiedTable() + " TO stdout", List.of());
    return facts
        .direct(at, who, set, sql, 0, address, tool)
        .without(Field.DB_ROWS_RETURNED)
        .without(Field.GOV_SUBJECTS_COUNT)
        .put(Field.DB_BYTES_RETURNED, USUAL_BACKUP / 100 * percent);
  }

  /** A planted record; in order where a program goes through everything. */
  static void honey(Script s) {
    s.begin(9, 16, 1);
    Person who = s.is(Kind.BENIGN) ? BACKUP : s.staff(Duty.CLERK);
    s.actor(who.account());
    DataSet set = s.personal(3);
    long reads = s.draw("reads");
    for (long i = 0; i < reads; i++) {
      Draft draft =
          s.is(Kind.BENIGN)
              ? s.facts()
                  .direct(s.at(), who, set, Sql.export(set), 0, City.BACKUP_HOST, "pg_dump")
                  .without(Field.DB_ROWS_RETURNED)
                  .without(Field.GOV_SUBJECTS_COUNT)
              : s.facts().pooled(s.at(), who, set, Sql.lookUp(set), 1);
      s.add(draft);
      if (!s.is(Kind.NEAR_MISS) && i == 0) {
        draft.put(
            Field.GOV_HONEY_IDS, List.of("HT-" + (1 + s.random().nextInt(CityFacts.PLANTED))));
        s.decisive(draft);
      }
      s.pass(20 * Script.SECOND, 3 * Script.MINUTE);
    }
  }

  /** A large part of a table, or a little of very many, is overwritten within minutes. */
  static void massUpdate(Script s) {
    s.begin(0, 23, 1, day -> true);
    Person who = s.is(Kind.BENIGN) ? s.service() : s.staff(Duty.OPERATOR);
    boolean many = s.random().nextBoolean();
    long percent = s.draw("percent-of-rows");
    long tables = many ? s.draw("tables") : 1;
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("RELEASE", who.account(), 0, 2 * Script.HOUR) : null;
    List<DataSet> sets = new ArrayList<>(s.city().dataSets());
    for (long i = 0; i < tables; i++) {
      DataSet set = sets.remove(s.random().nextInt(sets.size()));
      long rows = 50_000 + s.random().nextInt(1_000_000);
      long changed = many ? rows / 100 : rows * percent / 100;
      Sql sql = Sql.amendMany(set, "status = pgp_sym_encrypt(status, $1)");
      Draft draft =
          s.add(s.facts().access(s.at(), who, set, sql, changed, s.tool("psql")))
              .put(Field.DB_CLIENT_APP, s.is(Kind.BENIGN) ? "flyway" : s.tool("psql"))
              .put(Field.DB_TABLE_ROWS, rows)
              .put(Field.GOV_TICKET_ID, ticket);
      if (!many || i == 9) {
        s.decisive(draft);
      }
      s.pass(5 * Script.SECOND, 12 * Script.SECOND);
    }
  }

  /** Decisions changed past the application that makes them. */
  static void decisionTamper(Script s) {
    s.begin(9, 20, 1);
    Person who = s.staff(Duty.OPERATOR);
    DataSet set = s.personal(3);
    long rows = s.draw("rows");
    String ticket =
        s.is(Kind.BENIGN) ? s.ticket("CHANGE", who.account(), rows, 2 * Script.HOUR) : null;
    boolean byApplication = s.is(Kind.NEAR_MISS);
    Sql sql = Sql.amend(set, "approved");
    Draft draft =
        byApplication
            ? s.facts().pooled(s.at(), who, set, sql, 1)
            : s.facts().access(s.at(), who, set, sql, rows, s.tool("psql"));
    s.add(draft)
        .put(Field.GOV_DATA_CATEGORY, List.of(set.category(), "business.decision"))
        .put(Field.GOV_TICKET_ID, ticket);
    if (ticket != null) {
      draft.put(Field.GOV_APPROVERS, List.of("chief-" + who.unit(), "chief-security"));
    }
    s.decisive(draft);
  }

  /** A session on the governed database that did not come through the proxy. */
  static void pastProxy(Script s) {
    s.begin(9, 18, 1);
    Person who = s.staff(Duty.CLERK);
    DataSet set = s.personal(who, 3);
    long statements = s.draw("statements");
    String address = s.is(Kind.BENIGN) ? City.JUMP_HOST : who.address();
    for (long i = 0; i < statements; i++) {
      Draft draft =
          s.add(s.facts().direct(s.at(), who, set, Sql.lookUp(set), 1, address, s.tool("psql")));
      if (s.is(Kind.NEAR_MISS)) {
        draft.put(Field.DB_NAME, "cafeteria");
      }
      if (i == 0) {
        s.decisive(draft);
      }
      s.pass(10 * Script.SECOND, 4 * Script.MINUTE);
    }
  }
}
