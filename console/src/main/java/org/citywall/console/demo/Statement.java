// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.CatalogueColumn;
import org.citywall.masking.catalogue.DataSet;

/**
 * A prepared statement: values are placeholders, so its text holds nobody's data.
 *
 * @param operation SELECT, UPDATE or COPY
 * @param hash SHA-256 of the text, first 32 hexadecimal digits
 */
record Statement(String operation, String text, String hash, List<String> columns) {

  private static final int DETAIL_COLUMNS = 5;

  /** One row by its key. */
  static Statement lookUp(DataSet dataSet) {
    List<String> columns = columns(dataSet, DETAIL_COLUMNS);
    return of("SELECT", select(dataSet, columns) + " WHERE " + key(dataSet) + " = $1", columns);
  }

  /** A page of rows. */
  static Statement page(DataSet dataSet) {
    List<String> columns = columns(dataSet, DETAIL_COLUMNS);
    String tail = " ORDER BY " + key(dataSet) + " LIMIT $1 OFFSET $2";
    return of("SELECT", select(dataSet, columns) + tail, columns);
  }

  /** A short range of neighbouring keys. */
  static Statement range(DataSet dataSet) {
    List<String> columns = columns(dataSet, DETAIL_COLUMNS);
    String tail = " WHERE " + key(dataSet) + " BETWEEN $1 AND $2";
    return of("SELECT", select(dataSet, columns) + tail, columns);
  }

  static Statement count(DataSet dataSet) {
    String text =
        "SELECT district, count(*) FROM " + dataSet.qualifiedTable() + " GROUP BY district";
    return of("SELECT", text, List.of("district"));
  }

  static Statement amend(DataSet dataSet) {
    String text =
        "UPDATE " + dataSet.qualifiedTable() + " SET status = $1 WHERE " + key(dataSet) + " = $2";
    return of("UPDATE", text, List.of("status"));
  }

  /** The whole table, as an export or a batch reads it. */
  static Statement export(DataSet dataSet) {
    List<String> columns = columns(dataSet, Integer.MAX_VALUE);
    return of("COPY", "COPY (" + select(dataSet, columns) + ") TO STDOUT", columns);
  }

  private static Statement of(String operation, String text, List<String> columns) {
    String hash = Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32);
    return new Statement(operation, text, hash, List.copyOf(columns));
  }

  private static String select(DataSet dataSet, List<String> columns) {
    return "SELECT " + String.join(", ", columns) + " FROM " + dataSet.qualifiedTable();
  }

  private static List<String> columns(DataSet dataSet, int atMost) {
    if (dataSet.columns().isEmpty()) {
      String subject = dataSet.subjectColumn();
      return subject == null ? List.of("id", "status") : List.of("id", subject, "status");
    }
    return dataSet.columns().stream().limit(atMost).map(CatalogueColumn::name).toList();
  }

  private static String key(DataSet dataSet) {
    return dataSet.columns().isEmpty() ? "id" : dataSet.columns().getFirst().name();
  }
}
