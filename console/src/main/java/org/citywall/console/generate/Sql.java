// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.CatalogueColumn;
import org.citywall.masking.catalogue.DataSet;
import org.jspecify.annotations.Nullable;

/**
 * A statement without the values it is run with.
 *
 * @param operation SELECT, UPDATE, COPY, ...
 * @param hash first 32 hexadecimal digits of the SHA-256 of the text
 */
record Sql(String operation, String text, String hash, List<String> columns) {

  private static final Map<String, Sql> KNOWN = new ConcurrentHashMap<>();
  private static final int DETAILS = 5;

  static Sql of(String operation, String text, List<String> columns) {
    return KNOWN.computeIfAbsent(
        text,
        t ->
            new Sql(
                operation,
                t,
                Hash.sha256(t.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32),
                List.copyOf(columns)));
  }

  /** One row by its key. */
  static Sql lookUp(DataSet set) {
    return select(set, " WHERE " + key(set) + " = $1");
  }

  /** Rows by the person they are about. */
  static Sql bySubject(DataSet set) {
    return select(set, " WHERE " + subject(set) + " = $1");
  }

  static Sql page(DataSet set) {
    return select(set, " ORDER BY " + key(set) + " LIMIT $1 OFFSET $2");
  }

  static Sql range(DataSet set) {
    return select(set, " WHERE " + key(set) + " BETWEEN $1 AND $2");
  }

  static Sql starting(DataSet set) {
    return select(set, " WHERE " + subject(set) + " LIKE $1");
  }

  /** The same, as the search field of an application asks while somebody types. */
  static Sql typeAhead(DataSet set) {
    return select(set, " WHERE " + subject(set) + " LIKE $1 ORDER BY 1 LIMIT 10");
  }

  static Sql count(DataSet set) {
    return of(
        "SELECT",
        "SELECT district, count(*) FROM " + set.qualifiedTable() + " GROUP BY district",
        List.of("district"));
  }

  static Sql countWhere(DataSet set, int conditions) {
    return of(
        "SELECT",
        "SELECT count(*) FROM "
            + set.qualifiedTable()
            + " WHERE status = $1"
            + " AND district = $2".repeat(conditions),
        List.of("status", "district"));
  }

  static Sql amend(DataSet set, String column) {
    return of(
        "UPDATE",
        "UPDATE " + set.qualifiedTable() + " SET " + column + " = $1 WHERE " + key(set) + " = $2",
        List.of(column));
  }

  static Sql amendMany(DataSet set, String expression) {
    return of("UPDATE", "UPDATE " + set.qualifiedTable() + " SET " + expression, List.of("status"));
  }

  static Sql export(DataSet set) {
    List<String> columns = columns(set, Integer.MAX_VALUE);
    return of(
        "COPY",
        "COPY (SELECT "
            + String.join(", ", columns)
            + " FROM "
            + set.qualifiedTable()
            + ") TO STDOUT",
        columns);
  }

  private static Sql select(DataSet set, String tail) {
    List<String> columns = columns(set, DETAILS);
    return of(
        "SELECT",
        "SELECT " + String.join(", ", columns) + " FROM " + set.qualifiedTable() + tail,
        columns);
  }

  private static List<String> columns(DataSet set, int atMost) {
    if (set.columns().isEmpty()) {
      String subject = set.subjectColumn();
      return subject == null ? List.of("id", "status") : List.of("id", subject, "status");
    }
    return set.columns().stream().limit(atMost).map(CatalogueColumn::name).toList();
  }

  static String subject(DataSet set) {
    String subject = set.subjectColumn();
    return subject == null ? key(set) : subject;
  }

  private static @Nullable String firstColumn(DataSet set) {
    return set.columns().isEmpty() ? null : set.columns().getFirst().name();
  }

  private static String key(DataSet set) {
    String first = firstColumn(set);
    return first == null ? "id" : first;
  }
}
