// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.config.Backend;
import org.citywall.masking.config.OwnConnection;

/** A transaction of the DBA. It takes nothing over unless it is told to. */
final class Database implements AutoCloseable {

  /** One at a time: two who apply at once would take each other's schemas for their own. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(7236498150123)";

  private final OwnConnection own;
  private final Connection connection;

  Database(Backend admin) {
    own = admin.connect("citywall hardened");
    connection = own.sql();
    try {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    } catch (SQLException e) {
      throw failed(e);
    }
    execute("SET LOCAL search_path = ''");
    execute("SET LOCAL standard_conforming_strings = on");
    execute("SET LOCAL lock_timeout = '30s'");
    rows(LOCK);
  }

  /** Rows as texts; null becomes an empty text. */
  List<List<String>> rows(String sql, String... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<List<String>> all = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          List<String> row = new ArrayList<>(width);
          for (int i = 1; i <= width; i++) {
            String value = rows.getString(i);
            row.add(value == null ? "" : value);
          }
          all.add(row);
        }
      }
      return all;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static PlatformException failed(SQLException e) {
    return new PlatformException(
        MaskingErrorCode.HARDENING_FAILED, String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      connection.rollback();
      own.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A string constant. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
