// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citywall.masking.sql.TestRights;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The driver describes the database the same through the proxy: every method, row by row. */
class DriverMetaDataIT {

  /** They name the connection and not the database. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("getConnection", "getURL", "getUserName", "unwrap", "isWrapperFor");

  /** What a name is asked for: of everything, of one table, by a pattern. */
  private static final List<@Nullable String> NAMES = Arrays.asList(null, "shop", "%s%");

  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    demo = ProxiedDemo.start();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(PsqlCommandsIT.resource("shop-setup.sql"));
    }
    demo.see(new TestRights().passUnknownTables(), "open");
  }

  @AfterAll
  static void stop() throws IOException {
    demo.close();
  }

  @Test
  void describesTheSameThroughTheProxy() throws SQLException {
    Map<String, String> different = new TreeMap<>();
    int compared = 0;
    int rows = 0;
    try (Connection direct = direct();
        Connection proxied = demo.proxy().connect(ProxiedDemo.USER)) {
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (!OF_THE_CONNECTION.contains(method.getName())) {
          for (String name : NAMES) {
            Object[] arguments = arguments(method, name);
            String expected = call(method, direct.getMetaData(), arguments);
            String found = call(method, proxied.getMetaData(), arguments);
            compared++;
            rows += (int) expected.lines().count();
            if (!found.equals(expected)) {
              different.put(method.getName() + Arrays.toString(arguments), expected + found);
            }
          }
        }
      }
    }

    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(500);
    assertThat(rows).isGreaterThan(10_000);
  }

  @Test
  void describesResultsAndParametersTheSame() throws SQLException {
    String sql = "SELECT s.*, count(*) OVER () AS n FROM shop s WHERE id > ? AND name LIKE ?";
    try (Connection direct = direct();
        Connection proxied = demo.proxy().connect(ProxiedDemo.USER)) {
      assertThat(described(proxied, sql)).isEqualTo(described(direct, sql)).hasSizeGreaterThan(9);
    }
  }

  private static List<String> described(Connection connection, String sql) throws SQLException {
    List<String> described = new ArrayList<>();
    try (var statement = connection.prepareStatement(sql)) {
      var parameters = statement.getParameterMetaData();
      for (int i = 1; i <= parameters.getParameterCount(); i++) {
        described.add(parameters.getParameterTypeName(i) + parameters.getParameterClassName(i));
      }
      var columns = statement.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        described.add(
            String.join(
                " ",
                columns.getTableName(i),
                columns.getColumnName(i),
                columns.getColumnLabel(i),
                columns.getColumnTypeName(i),
                String.valueOf(columns.getPrecision(i)),
                String.valueOf(columns.isNullable(i)),
                String.valueOf(columns.isAutoIncrement(i))));
      }
    }
    return described;
  }

  private static Connection direct() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + demo.proxy().database.port() + "/demo", "app", "app");
  }

  private static Object[] arguments(Method method, @Nullable String name) {
    Class<?>[] types = method.getParameterTypes();
    Object[] arguments = new Object[types.length];
    int texts = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == String.class) {
        texts++;
        // catalogue, schema, then the name
        arguments[i] = texts == 2 && name != null ? "public" : texts == 3 ? name : null;
      } else if (types[i] == int.class) {
        arguments[i] = 1;
      } else if (types[i] == boolean.class) {
        arguments[i] = false;
      }
    }
    return arguments;
  }

  private static String call(Method method, DatabaseMetaData metaData, Object[] arguments)
      throws SQLException {
    try {
      Object value = method.invoke(metaData, arguments);
      return value instanceof ResultSet rows ? rows(rows) : String.valueOf(value) + '\n';
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      return cause + (cause instanceof SQLException sql ? sql.getSQLState() : "") + '\n';
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String rows(ResultSet rows) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (rows) {
      int width = rows.getMetaData().getColumnCount();
      for (int i = 1; i <= width; i++) {
        text.append(rows.getMetaData().getColumnLabel(i)).append('|');
      }
      while (rows.next()) {
        text.append('\n');
        for (int i = 1; i <= width; i++) {
          text.append(rows.getString(i)).append('|');
        }
      }
    }
    return text.append('\n').toString();
  }
}
