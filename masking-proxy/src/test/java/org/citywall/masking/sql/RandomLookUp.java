// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.policy.Treatment;

/**
 * A random statement that looks rows up, and the one that gives the same to its reader directly.
 */
final class RandomLookUp {

  static final String TABLES =
      """
      CREATE TABLE citizen(id int, phone varchar(20), card char(20), tel bigint,
        no numeric(20, 0), born date, dept text);
      INSERT INTO citizen SELECT g, '1390000000' || g % 4, '622202000000000' || g % 3,
        13900000000 + g % 4, 13900000000 + g % 5, date '1980-01-01' + g % 4, 'd' || g % 2
        FROM generate_series(1, 40) g;
      INSERT INTO citizen(id, dept) VALUES (41, 'd1');
      CREATE TABLE call(id int, citizen_id int, caller text);
      INSERT INTO call SELECT g, g % 43, '1390000000' || g % 4 FROM generate_series(1, 60) g;
      CREATE INDEX ON citizen(phone);
      GRANT SELECT ON citizen, call TO app;
      """;

  /** Rows that somebody sees where these are filtered. */
  private static final String ROWS = "dept = 'd1'";

  private static final Mask MASK = new CharacterMask.KeepFirstLast(3, 4, '*');

  /** A column by which rows are looked up, and how values of it are written. */
  private record Column(String name, String type, List<String> values, List<String> casts) {

    ColumnType columnType() {
      return new ColumnType(type);
    }

    boolean isText() {
      return columnType().kind() == ColumnType.Kind.TEXT;
    }

    boolean isNumber() {
      return name.equals("tel") || name.equals("no");
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "phone",
              "character varying(20)",
              List.of("13900000000", "13900000001", "13900000009"),
              List.of("text", "varchar", "character varying")),
          new Column(
              "card",
              "character(20)",
              List.of("6222020000000000", "6222020000000001"),
              List.of("text", "bpchar")),
          new Column(
              "tel",
              "bigint",
              List.of("13900000000", "13900000003", "13900000008"),
              List.of("int8", "bigint")),
          new Column(
              "no", "numeric(20,0)", List.of("13900000000", "13900000004"), List.of("numeric")),
          new Column("born", "date", List.of("1980-01-02", "2001-01-01"), List.of("date")));

  private static final List<String> SOURCES =
      List.of(
          "citizen p WHERE (%s) AND %s",
          "citizen p JOIN call c ON c.citizen_id = p.id WHERE %s AND (%s)",
          "citizen p LEFT JOIN call c ON c.citizen_id = p.id AND c.id > 20 WHERE %s AND %s",
          "call c, citizen p WHERE %s AND %s",
          "citizen p JOIN call c ON c.citizen_id = p.id AND %s WHERE %s");

  private final RandomGenerator random;
  private final List<String> parameters = new ArrayList<>();
  private final String sql;
  private final String direct;
  private final boolean filtered;
  private int lookUps;

  RandomLookUp(RandomGenerator random) {
    this.random = random;
    String rest =
        pick(List.of("true", "p.id > 7", "p.dept = 'd1'", "p.dept IS NOT NULL", "p.id IN (1, 5)"));
    String rows = pick(SOURCES).replaceFirst("%s", "@").replace("%s", rest);
    String from = " FROM " + rows.replace("@", conditions());
    String shown = pick(List.of("p.id, %s", "count(*), max(%s)", "DISTINCT %s"));
    Column column = pick(COLUMNS);
    sql = "SELECT " + shown.replace("%s", "p." + column.name()) + from;
    filtered = random.nextInt(3) == 0;
    direct =
        "SELECT "
            + shown.replace("%s", masked(column))
            + from
            + (filtered ? " AND " + ROWS.replace("dept", "p.dept") : "");
  }

  private static String masked(Column column) {
    return column.isText()
        ? MASK.sql("p." + column.name(), column.columnType())
        : "CAST(NULL AS " + column.type() + ")";
  }

  static TestRights rights() {
    TestRights rights = new TestRights().know("public.call");
    for (Column column : COLUMNS) {
      Treatment treatment =
          column.isText() ? new Treatment.Masked(MASK) : new Treatment.Hidden("above clearance");
      rights
          .treat("public.citizen", column.name(), treatment)
          .lookUp(
              "public.citizen",
              column.name(),
              column.name().equals("phone") ? IdentifierKind.MOBILE_NUMBER : null);
    }
    return rights;
  }

  private String conditions() {
    return random.nextInt(3) == 0 ? condition() + " AND " + condition() : condition();
  }

  private String condition() {
    Column column = pick(COLUMNS);
    String name = "p." + column.name();
    return switch (random.nextInt(3)) {
      case 0 -> name + " IN (" + operand(column) + ", " + operand(column) + ")";
      case 1 -> operand(column) + " = " + name;
      default -> name + " = " + operand(column);
    };
  }

  private String operand(Column column) {
    lookUps++;
    String value = pick(column.values());
    String cast = pick(column.casts());
    return switch (random.nextInt(6)) {
      case 0 -> column.isNumber() ? value : "'" + value + "'";
      case 1 -> "'" + value + "'::" + cast;
      case 2 -> "CAST('" + value + "' AS " + cast + ")";
      case 3 -> parameter(value);
      case 4 -> "CAST(" + parameter(value) + " AS " + cast + ")";
      default -> "'" + value + "'";
    };
  }

  private String parameter(String value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  String sql() {
    return sql;
  }

  /** Rights under which it is judged. */
  TestRights seen() {
    return filtered ? rights().filter("public.citizen", ROWS) : rights();
  }

  /** The statement over true values, its masks in the output alone. */
  String direct() {
    return direct;
  }

  List<String> parameters() {
    return parameters;
  }

  int lookUps() {
    return lookUps;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
