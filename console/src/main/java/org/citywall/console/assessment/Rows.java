// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How values of assessments stand in columns of the state database. */
final class Rows {

  private Rows() {}

  static @Nullable Long day(@Nullable LocalDate date) {
    return date == null ? null : date.toEpochDay();
  }

  static @Nullable LocalDate day(ResultSet row, String column) throws SQLException {
    long day = row.getLong(column);
    return row.wasNull() ? null : LocalDate.ofEpochDay(day);
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  /** The next free ordinal; changes are made one after the other, so nobody else takes it. */
  static long next(JdbcClient jdbc, String table) {
    return jdbc.sql("select coalesce(max(ordinal), 0) + 1 from " + table)
        .query(Long.class)
        .single();
  }
}
