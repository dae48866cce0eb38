// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes statements over the schema of the corpus: mostly sound ones, that look for protected
 * values in every way the grammar has, and some that no gate may let through.
 */
final class RandomSql {

  /** What can be read by this name, whose columns are these. */
  private record Source(String name, List<String> columns) {}

  private static final List<Source> TABLES =
      List.of(
          new Source("person", List.of("id", "name", "id_card", "phone", "dept", "salary")),
          new Source("public.person", List.of("id", "name", "id_card", "phone", "dept", "salary")),
          new Source("\"person\"", List.of("id", "name", "id_card", "phone", "dept", "salary")),
          new Source("orders", List.of("id", "person_id", "contact_phone", "amount")),
          new Source("other.person", List.of("id", "phone")),
          new Source("v_person", List.of("id", "nm", "tel", "id_card")),
          new Source("v_nested", List.of("t", "id")),
          new Source("v_union", List.of("d")),
          new Source("v_cte", List.of("p")),
          new Source("mv_person", List.of("id", "name", "id_card", "phone", "dept", "salary")),
          new Source("mv_alias", List.of("dept", "phone")),
          new Source("mv_join", List.of("id", "x")),
          new Source("visit", List.of("id", "person_phone", "place", "day")),
          new Source("visit_2026", List.of("id", "person_phone", "place", "day")),
          new Source("contact", List.of("id", "label")),
          new Source("contact_private", List.of("id", "label", "secret_phone")),
          new Source("case_file", List.of("id", "unit", "note")),
          new Source("pseudonym", List.of("id", "phone")),
          new Source("\"Odd Name\"", List.of("\"Tel No\"", "\"select\"")));

  private static final List<String> TRAPS =
      List.of(
          "f_phone(1)",
          "public.f_phone(2)",
          "(1).f_phone",
          "(SELECT max(p) FROM mv_function)",
          "(SELECT secret FROM uncatalogued)",
          "query_to_xml('table person', true, false, '')::text",
          "(SELECT max(most_common_vals::text) FROM pg_stats)",
          "(f_person()).phone",
          "current_query()",
          "lower(1)",
          "(SELECT max(p) FROM v_function)",
          "table_to_xml('person', true, false, '')::text");

  private static final List<String> PROTECTED =
      List.of("name", "id_card", "phone", "person_phone", "label", "secret_phone", "\"Tel No\"");

  private final RandomGenerator random;
  private final List<String> lookedUp;
  private final List<Source> expressions = new ArrayList<>();
  private int names;

  RandomSql(RandomGenerator random) {
    this(random, List.of());
  }

  /**
   * @param lookedUp values that columns are compared with, the protected ones above all
   */
  RandomSql(RandomGenerator random, List<String> lookedUp) {
    this.random = random;
    this.lookedUp = lookedUp;
  }

  /** The steps of a case. */
  List<String> steps() {
    return switch (random.nextInt(22)) {
      case 0 -> List.of("COPY (" + query(2) + ") TO STDOUT");
      case 1 -> List.of("CREATE TEMP TABLE t9 AS " + query(2), "SELECT * FROM t9");
      case 2 -> List.of("PREPARE p9 AS " + query(2), "EXECUTE p9");
      case 3 -> List.of("DECLARE c9 CURSOR FOR " + query(2), "FETCH ALL FROM c9");
      case 4 -> List.of("CREATE TEMP VIEW w9 AS " + query(2), "SELECT * FROM w9");
      case 5 -> List.of("INSERT INTO person_copy(phone) " + column(query(2)), "TABLE person_copy");
      case 6 -> List.of(update(), "SELECT dept FROM person");
      case 7 -> List.of("DELETE FROM person p WHERE " + condition(person(), 1) + returning());
      case 20 ->
          List.of(
              "UPDATE case_file AS p SET note = p.note || '!' WHERE "
                  + condition(file(), 1)
                  + returningFile(),
              "TABLE case_file");
      case 21 ->
          List.of("DELETE FROM case_file AS p WHERE " + condition(file(), 1) + returningFile());
      case 8 -> List.of("EXPLAIN (ANALYZE, VERBOSE, TIMING OFF) " + query(2));
      default -> List.of(query(3));
    };
  }

  private String update() {
    return "UPDATE person p SET dept = "
        + expression(person(), 2)
        + " WHERE "
        + (lookedUp.isEmpty() ? "" : lookUp(person()) + " AND ")
        + condition(person(), 1)
        + returning();
  }

  /** Compares a column, often a protected one, with a value. */
  private String lookUp(List<Source> scope) {
    List<Source> rich =
        scope.stream().filter(one -> one.columns().stream().anyMatch(PROTECTED::contains)).toList();
    Source source = pick(rich.isEmpty() ? scope : rich);
    List<String> protectedOnes = source.columns().stream().filter(PROTECTED::contains).toList();
    String column = pick(protectedOnes.isEmpty() ? source.columns() : protectedOnes);
    String named = source.name() + "." + column;
    String value = "'" + valueFor(column) + "'";
    return switch (random.nextInt(10)) {
      case 0 -> named + " IN (" + value + ", '" + valueFor(column) + "')";
      case 1 -> value + " = " + named;
      case 2 -> named + " = " + value + "::text";
      case 3 -> named + " = CAST(" + value + " AS varchar)";
      case 4 -> "NOT " + named + " = " + value;
      case 5 -> "(" + named + " = " + value + " OR " + named + " LIKE '1%')";
      default -> named + " = " + value;
    };
  }

  private List<Source> person() {
    return List.of(new Source("p", TABLES.getFirst().columns()));
  }

  private static List<Source> file() {
    return List.of(new Source("p", List.of("id", "unit", "note")));
  }

  private String returningFile() {
    return switch (random.nextInt(4)) {
      case 0 -> " RETURNING *";
      case 1 -> " RETURNING " + expression(file(), 1);
      case 2 -> " RETURNING to_json(p), old.note";
      default -> "";
    };
  }

  private String returning() {
    return switch (random.nextInt(6)) {
      case 0 -> " RETURNING *";
      case 1 -> " RETURNING old.*";
      case 2 -> " RETURNING " + expression(person(), 1);
      case 3 -> " RETURNING to_json(p)";
      case 4 -> " RETURNING id, dept";
      default -> "";
    };
  }

  /** Mostly a value as the column has them. */
  private String valueFor(String column) {
    int length = column.equals("name") ? 4 : column.equals("id_card") ? 18 : 11;
    List<String> fitting = lookedUp.stream().filter(one -> one.length() == length).toList();
    return pick(fitting.isEmpty() || random.nextInt(20) == 0 ? lookedUp : fitting);
  }

  /** A query whose columns are texts, of one column. */
  private String column(String query) {
    return "SELECT q.c1 FROM (" + query + ") AS q";
  }

  private String query(int depth) {
    int seen = expressions.size();
    StringBuilder sql = new StringBuilder();
    if (depth > 0 && random.nextInt(4) == 0) {
      String name = random.nextInt(3) == 0 ? "person" : name("e");
      String body = select(depth - 1);
      sql.append("WITH ").append(name);
      sql.append(random.nextBoolean() ? " AS (" : "(c1) AS MATERIALIZED (");
      sql.append(body).append(") ");
      expressions.add(new Source(name, List.of("c1")));
    }
    sql.append(select(depth));
    if (depth > 0 && random.nextInt(5) == 0) {
      sql.append(pick(List.of(" UNION ALL ", " UNION ", " EXCEPT ", " INTERSECT ")));
      sql.append(select(depth - 1));
    }
    while (expressions.size() > seen) {
      expressions.removeLast();
    }
    return sql.toString();
  }

  private String select(int depth) {
    List<Source> scope = new ArrayList<>();
    String from = from(scope, depth);
    boolean grouped = random.nextInt(6) == 0;
    String shown = expression(scope, depth);
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(random.nextInt(8) == 0 ? "DISTINCT " : "");
    sql.append(grouped ? aggregate(shown) : shown).append(" AS c1 FROM ").append(from);
    if (!lookedUp.isEmpty() && random.nextInt(3) > 0) {
      sql.append(" WHERE ").append(lookUp(scope)).append(" AND ").append(condition(scope, depth));
    } else if (random.nextInt(3) == 0) {
      sql.append(" WHERE ").append(condition(scope, depth));
    }
    if (grouped && random.nextBoolean()) {
      sql.append(" GROUP BY ").append(columnOf(scope));
    }
    return sql.toString();
  }

  private String aggregate(String of) {
    return pick(
        List.of(
            "max(" + of + ")",
            "string_agg(" + of + ", ',')",
            "array_agg(" + of + ")::text",
            "json_agg(" + of + ")::text",
            "min(" + of + ") FILTER (WHERE true)",
            "mode() WITHIN GROUP (ORDER BY " + of + ")"));
  }

  private String from(List<Source> scope, int depth) {
    String first = item(scope, depth);
    return switch (random.nextInt(6)) {
      case 0 -> first + ", " + item(scope, depth - 1);
      case 1 -> first + " CROSS JOIN LATERAL (" + lateral(scope) + ") AS " + lateralName(scope);
      case 2 -> first + " LEFT JOIN " + item(scope, depth - 1) + " ON " + condition(scope, 0);
      default -> first;
    };
  }

  private String lateral(List<Source> scope) {
    return "SELECT " + expression(scope, 0) + " AS c1";
  }

  private String lateralName(List<Source> scope) {
    String name = name("l");
    scope.add(new Source(name, List.of("c1")));
    return name;
  }

  private String item(List<Source> scope, int depth) {
    if (depth > 0 && random.nextInt(4) == 0) {
      String name = name("q");
      String query = query(depth - 1);
      scope.add(new Source(name, List.of("c1")));
      return "(" + query + ") AS " + name;
    }
    Source source =
        !expressions.isEmpty() && random.nextInt(3) == 0 ? pick(expressions) : pick(TABLES);
    return named(source, scope);
  }

  private String named(Source source, List<Source> scope) {
    String only = random.nextInt(12) == 0 && isTable(source) ? "ONLY " : "";
    boolean taken = scope.stream().anyMatch(one -> one.name().equals(last(source.name())));
    if (!taken && random.nextInt(3) == 0) {
      scope.add(new Source(last(source.name()), source.columns()));
      return only + source.name();
    }
    String alias = name("a");
    if (random.nextInt(4) > 0) {
      scope.add(new Source(alias, source.columns()));
      return only + source.name() + (random.nextBoolean() ? " AS " : " ") + alias;
    }
    List<String> columns = source.columns().stream().map(column -> name("k")).toList();
    scope.add(new Source(alias, columns));
    return only + source.name() + " AS " + alias + "(" + String.join(", ", columns) + ")";
  }

  private static boolean isTable(Source source) {
    return source.name().matches("(public\\.)?person|orders|visit|contact|case_file");
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private String columnOf(List<Source> scope) {
    Source source = pick(scope);
    return source.name() + "." + pick(source.columns());
  }

  private String condition(List<Source> scope, int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> expression(scope, depth - 1) + " LIKE '1%'";
      case 1 -> expression(scope, depth - 1) + " <> " + expression(scope, depth - 1);
      case 2 -> "EXISTS (SELECT 1 FROM person x WHERE x.phone = " + columnOf(scope) + "::text)";
      case 3 -> expression(scope, depth - 1) + " IN (SELECT phone FROM person)";
      default -> "true";
    };
  }

  /** An expression of type text. */
  private String expression(List<Source> scope, int depth) {
    if (random.nextInt(60) == 0) {
      return pick(TRAPS);
    }
    if (depth <= 0 || random.nextInt(4) == 0) {
      return leaf(scope);
    }
    String of = expression(scope, depth - 1);
    return switch (random.nextInt(16)) {
      case 0 -> "reverse(" + of + ")";
      case 1 -> "(" + of + " || '/' || " + leaf(scope) + ")";
      case 2 -> "substr(" + of + ", " + (1 + random.nextInt(4)) + ", 9)";
      case 3 -> "substring(" + of + " FROM 2)";
      case 4 -> "concat_ws('', " + of + ", " + leaf(scope) + ")";
      case 5 -> "encode(convert_to(" + of + ", 'UTF8'), 'hex')";
      case 6 -> "CASE WHEN " + condition(scope, 0) + " THEN " + of + " ELSE 'x' END";
      case 7 -> "coalesce(" + of + ", 'x')";
      case 8 -> "first_value(" + of + ") OVER (ORDER BY " + leaf(scope) + ")";
      case 9 -> "array_to_string(ARRAY[" + of + ", 'x'], '')";
      case 10 -> "regexp_replace(" + of + ", '^', 'x')";
      case 11 -> "(SELECT max(c1) FROM (" + query(depth - 1) + ") AS " + name("s") + ")";
      case 12 -> "to_json(" + of + ")::text";
      case 13 -> "format('%s', " + of + ")";
      case 14 -> "lower(" + of + ")";
      default -> "CAST(" + of + " AS varchar(40))::text";
    };
  }

  private String leaf(List<Source> scope) {
    Source source = pick(scope);
    String row = source.name();
    return switch (random.nextInt(14)) {
      case 0 -> row + "::text";
      case 1 -> "row_to_json(" + row + ")::text";
      case 2 -> "(" + row + ")." + pick(source.columns()) + "::text";
      case 3 -> "(to_jsonb(" + row + ") ->> 'phone')";
      case 4 -> pick(source.columns()) + "(" + row + ")::text";
      case 5 -> "ROW(" + row + ".*)::text";
      case 6 -> "'x'";
      default -> columnOf(scope) + "::text";
    };
  }

  private String name(String prefix) {
    return prefix + ++names;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
