// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Severity;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How values of incidents stand in columns of the state database. */
final class Columns {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> PARAMETERS = new TypeReference<>() {};

  private Columns() {}

  static String parameters(SortedMap<String, String> parameters) {
    return JSON.writeValueAsString(parameters);
  }

  static SortedMap<String, String> parameters(String column) {
    return JSON.readValue(column, PARAMETERS);
  }

  static int severity(Severity severity) {
    return severity.ordinal() + 1;
  }

  static Severity severity(long column) {
    return Severity.values()[(int) column - 1];
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return Micros.toInstant(row.getLong(column));
  }

  static List<String> words(String column) {
    return column.isEmpty() ? List.of() : List.of(column.split(",", -1));
  }
}
