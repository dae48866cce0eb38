// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a MariaDB or MySQL server is set. Facts: {@code product} ({@code mariadb} or {@code mysql}),
 * {@code version} (major * 1000 + minor, 10.11 is 10011), {@code variables} by name in lower case,
 * {@code plugins} that are active, {@code databases}, {@code accounts} and {@code grants} as {@link
 * MariaDbAccounts} tells them; these two are absent where the account may not read them.
 */
final class MariaDbCollector implements Collector {

  static final String NAME = "mariadb";

  private static final int MAJOR = 1000;
  private static final Pattern VERSION = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})");

  /** What the server answers where a right is missing, by its numbers of errors. */
  private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227);

  /** Asks for a part of the facts. */
  @FunctionalInterface
  private interface Part {
    void read() throws SQLException;
  }

  private MariaDbCollector() {}

  static MariaDbCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new MariaDbCollector();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(Target target) {
    return target instanceof MariaDbTarget;
  }

  @Override
  public JsonNode collect(Target target) throws Uncollectable {
    if (!(target instanceof MariaDbTarget server)) {
      throw new Uncollectable("no MariaDB server");
    }
    return DatabaseFacts.read(server.source(), MariaDbCollector::facts);
  }

  private static JsonNode facts(Statement statement) throws SQLException {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ObjectNode variables = facts.putObject("variables");
    try (ResultSet rows = statement.executeQuery("SHOW GLOBAL VARIABLES")) {
      while (rows.next()) {
        variables.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
      }
    }
    String version = variables.path("version").asString("");
    boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb");
    facts.put("product", mariaDb ? "mariadb" : "mysql");
    Matcher numbers = VERSION.matcher(version);
    if (numbers.find()) {
      facts.put(
          "version",
          Integer.parseInt(numbers.group(1)) * MAJOR + Integer.parseInt(numbers.group(2)));
    }
    DatabaseFacts.names(
        statement,
        "SELECT LOWER(PLUGIN_NAME) FROM information_schema.PLUGINS"
            + " WHERE PLUGIN_STATUS = 'ACTIVE' ORDER BY 1",
        facts.putArray("plugins"));
    DatabaseFacts.names(statement, "SHOW DATABASES", facts.putArray("databases"));
    whereAllowed(() -> facts.set("accounts", MariaDbAccounts.read(statement, mariaDb)));
    whereAllowed(() -> facts.set("grants", MariaDbAccounts.grants(statement)));
    return facts;
  }

  private static void whereAllowed(Part part) throws SQLException {
    try {
      part.read();
    } catch (SQLException e) {
      if (!DENIED.contains(e.getErrorCode())) {
        throw e;
      }
    }
  }
}
