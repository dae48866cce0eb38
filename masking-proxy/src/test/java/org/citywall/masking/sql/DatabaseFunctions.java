// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The functions of a database that are not the server's own, as the proxy reads them. */
final class DatabaseFunctions {

  private static final String BODIES =
      "SELECT proname, CASE prokind WHEN 'a' THEN 'aggregate' ELSE lanname END, provolatile = 'i',"
          + " EXISTS (SELECT 1 FROM unnest(proconfig) c WHERE c NOT LIKE 'search\\_path=%'),"
          + " concat_ws(' ', CASE WHEN prokind = 'a' THEN (SELECT concat_ws(' ', aggtransfn,"
          + " aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn,"
          + " aggmfinalfn) FROM pg_aggregate WHERE aggfnoid = p.oid) WHEN lanname IN ('sql',"
          + " 'plpgsql', 'internal') THEN concat_ws(' ', prosrc, pg_get_function_sqlbody(p.oid))"
          + " END, pg_get_expr(proargdefaults, 0)) FROM pg_catalog.pg_proc p JOIN"
          + " pg_catalog.pg_language l ON l.oid = prolang WHERE pronamespace NOT IN"
          + " ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) UNION ALL SELECT"
          + " oprname, 'aggregate', false, false, oprcode::text FROM pg_catalog.pg_operator JOIN"
          + " pg_catalog.pg_proc p ON p.oid = oprcode JOIN pg_catalog.pg_language l ON l.oid ="
          + " prolang WHERE oprnamespace <> 'pg_catalog'::regnamespace AND lanname NOT IN ('c',"
          + " 'internal')";

  /** Names and schemas, those of operators among them that somebody made in SQL. */
  static final String SCHEMAS =
      "SELECT proname, nspname FROM pg_catalog.pg_proc JOIN pg_catalog.pg_namespace n ON n.oid ="
          + " pronamespace UNION SELECT oprname, nspname FROM pg_catalog.pg_operator JOIN"
          + " pg_catalog.pg_namespace n ON n.oid = oprnamespace JOIN pg_catalog.pg_proc p ON p.oid"
          + " = oprcode JOIN pg_catalog.pg_language l ON l.oid = prolang WHERE nspname <>"
          + " 'pg_catalog' AND lanname NOT IN ('c', 'internal')";

  private DatabaseFunctions() {}

  static Map<String, List<FunctionBody>> read(Connection connection) throws SQLException {
    Map<String, List<FunctionBody>> bodies = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(BODIES)) {
      while (rows.next()) {
        bodies
            .computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
            .add(
                new FunctionBody(
                    rows.getString(2), rows.getBoolean(3), rows.getBoolean(4), rows.getString(5)));
      }
    }
    return bodies;
  }
}
