// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementLimits;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Runs scripts and has every ordinary statement judged before. What PostgreSQL locks for a
 * statement when it prepares it are the relations that the statement reads or writes, those within
 * views included.
 */
final class RegressionRun {

  private static final Pattern ORDINARY =
      Pattern.compile(
          "[(\\s]*(select|insert|update|delete|with|values|table)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern INTO =
      Pattern.compile("\\bselect\\b.*\\binto\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern RUNS = Pattern.compile("\\bexecute\\b", Pattern.CASE_INSENSITIVE);

  /** Settings that the driver does not survive. */
  private static final Pattern DRIVERS_OWN =
      Pattern.compile(
          "^\\s*(re)?set\\s+.*(datestyle|client_encoding|standard_conforming)",
          Pattern.CASE_INSENSITIVE);

  private static final String LOCKS =
      "SELECT DISTINCT l.relation::bigint FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON"
          + " c.oid = l.relation WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype ="
          + " 'relation' AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND c.relnamespace NOT IN"
          + " ('pg_catalog'::regnamespace, 'information_schema'::regnamespace,"
          + " 'pg_toast'::regnamespace)";

  /** The relations of rules, but those that make a view, and of policies; then all within them. */
  private static final String ADDED =
      "WITH RECURSIVE o(rel, cls, obj, reads) AS (SELECT ev_class, 'pg_rewrite'::regclass, oid,"
          + " ev_type = '1' FROM pg_catalog.pg_rewrite UNION ALL SELECT polrelid,"
          + " 'pg_policy'::regclass, oid, false FROM pg_catalog.pg_policy), a(rel, added) AS"
          + " (SELECT unnest('{%s}'::oid[]), false UNION SELECT d.refobjid, true FROM a JOIN o ON"
          + " o.rel = a.rel AND (a.added OR NOT o.reads) JOIN pg_catalog.pg_depend d ON d.classid ="
          + " o.cls AND d.objid = o.obj AND d.refclassid = 'pg_class'::regclass) SELECT rel::bigint"
          + " FROM a";

  /** Somebody who judges: an analyser with somebody's rights. */
  private record Judge(String name, SqlGate gate, TestRights rights) {}

  private final int port;
  private final Path folder;
  private final RegressionTally tally;
  private final List<Judge> judges = new ArrayList<>();
  private @Nullable LiveSchema schema;
  private int version;

  RegressionRun(int port, Path folder, RegressionTally tally) {
    this.port = port;
    this.folder = folder;
    this.tally = tally;
    Map<String, StatementAnalyser> analysers = new LinkedHashMap<>();
    analysers.put("libpg_query", new Remembering(PostgresLibrary.analyser()));
    analysers.put("ShardingSphere", new Remembering(new GrammarAnalyser()));
    analysers.forEach(
        (name, analyser) -> {
          judges.add(
              new Judge(
                  name + ", nothing classified",
                  new SqlGate(analyser),
                  new TestRights().passUnknownTables()));
          judges.add(
              new Judge(
                  name + ", some tables classified",
                  new SqlGate(analyser),
                  TestRights.ofRegression()));
        });
  }

  void createDatabase() throws SQLException {
    try (Connection owner = connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE DATABASE regression TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
      statement.execute("ALTER DATABASE regression SET lc_messages TO 'C'");
      statement.execute("ALTER DATABASE regression SET timezone TO 'PST8PDT'");
      statement.execute("ALTER DATABASE regression SET datestyle TO 'Postgres, MDY'");
      statement.execute("ALTER DATABASE regression SET statement_timeout TO '20s'");
      statement.execute("ALTER DATABASE regression SET bytea_output TO 'hex'");
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:"
            + port
            + "/"
            + database
            + "?user=postgres&password=postgres&preferQueryMode=simple&ApplicationName=regress");
  }

  void script(String text) throws SQLException {
    RegressionScript script =
        new RegressionScript(
            text,
            Map.of(
                "PG_ABS_SRCDIR", folder.toString(), "PG_LIBDIR", "/nowhere", "PG_DLSUFFIX", ".so"));
    Connection connection = connect("regression");
    schema = null;
    try {
      for (RegressionScript.Step step = script.next(); step != null; step = script.next()) {
        if (connection.isClosed()) {
          connection = connect("regression");
          schema = null;
        }
        if (!DRIVERS_OWN.matcher(step.sql()).find()) {
          step(connection, script, step);
        }
      }
    } finally {
      connection.close();
    }
  }

  private void step(Connection connection, RegressionScript script, RegressionScript.Step step)
      throws SQLException {
    boolean ordinary = ORDINARY.matcher(step.sql()).matches();
    Map<Judge, Verdict> verdicts = Map.of();
    List<String> complaints = new ArrayList<>();
    if (ordinary && state(connection) != TransactionState.FAILED) {
      verdicts = judge(connection, step.sql(), complaints);
    }
    boolean done = execute(connection, script, step);
    if (done) {
      verdicts.forEach((judge, verdict) -> count(judge, verdict, step.sql()));
      complaints.forEach(
          one -> {
            String[] parts = one.split("\u0000", 3);
            if (parts[0].equals("missed")) {
              tally.missed(parts[1], parts[2]);
            } else {
              tally.broken(parts[1], parts[2]);
            }
          });
    }
    if (!ordinary || INTO.matcher(step.sql()).matches() || step.sql().contains("set_config")) {
      schema = null;
    }
  }

  private static TransactionState state(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class).getTransactionState();
  }

  private void count(Judge judge, Verdict verdict, String sql) {
    tally.accepted(judge.name);
    if (verdict instanceof Verdict.Refused refused) {
      tally.refused(judge.name, refused.code().id() + reason(refused), sql);
    }
  }

  private String reason(Verdict.Refused refused) {
    return switch (refused.code()) {
      case STATEMENT_UNREADABLE -> "";
      case FUNCTION_REFUSED -> {
        LiveSchema known = schema;
        String name = refused.reason().split(",", 2)[0];
        boolean builtIn =
            known != null && known.schemasOfFunction(name).stream().allMatch("pg_catalog"::equals);
        boolean runsText =
            known != null
                && known.bodies(name).stream().anyMatch(body -> RUNS.matcher(body.text()).find());
        yield (builtIn
                ? " of pg_catalog: "
                : runsText ? RegressionTally.RUNS_TEXT : " of the database: ")
            + refused.reason();
      }
      default -> " " + refused.reason();
    };
  }

  private Map<Judge, Verdict> judge(Connection connection, String sql, List<String> complaints)
      throws SQLException {
    boolean idle = state(connection) == TransactionState.IDLE;
    run(connection, idle ? "BEGIN" : "SAVEPOINT judged");
    try {
      LiveSchema known = schema;
      if (known == null) {
        known = new LiveSchema(connection, String.valueOf(++version));
        schema = known;
      }
      Map<Judge, Verdict> verdicts = new LinkedHashMap<>();
      for (Judge judge : judges) {
        verdicts.put(judge, PatientGate.judge(judge.gate, sql, known, judge.rights));
      }
      Set<Long> before = locks(connection);
      if (!INTO.matcher(sql).matches() && prepares(connection, sql) == null) {
        Set<Long> locked = locks(connection);
        locked.removeAll(before);
        compare(connection, sql, verdicts, locked, known, complaints);
      }
      return verdicts;
    } catch (SQLException e) {
      return Map.of();
    } finally {
      run(connection, idle ? "ROLLBACK" : "ROLLBACK TO SAVEPOINT judged; RELEASE SAVEPOINT judged");
    }
  }

  private void compare(
      Connection connection,
      String sql,
      Map<Judge, Verdict> verdicts,
      Set<Long> locked,
      LiveSchema known,
      List<String> complaints)
      throws SQLException {
    Set<String> same = new HashSet<>(Set.of(sql));
    for (Map.Entry<Judge, Verdict> entry : verdicts.entrySet()) {
      if (entry.getValue() instanceof Verdict.Allowed allowed) {
        Set<Long> unseen = new HashSet<>();
        for (long oid : locked) {
          known
              .relation(oid)
              .filter(relation -> !sees(allowed, relation.name(), known))
              .ifPresent(relation -> unseen.add(oid));
        }
        if (!unseen.isEmpty()) {
          unseen.removeAll(addedByDatabase(connection, allowed, known));
        }
        for (long oid : unseen) {
          complaints.add(
              "missed\0"
                  + entry.getKey().name
                  + "\0"
                  + known.relation(oid).map(Relation::name)
                  + ": "
                  + sql);
        }
        if (same.add(allowed.sql())) {
          String complaint = prepares(connection, allowed.sql());
          if (complaint != null) {
            complaints.add("broken\0" + entry.getKey().name + "\0" + complaint + ": " + sql);
          }
        }
      }
    }
  }

  /** What rules and policies of the relations read, which run with their owner's rights. */
  private static Set<Long> addedByDatabase(
      Connection connection, Verdict.Allowed allowed, LiveSchema known) throws SQLException {
    Set<Long> added = new HashSet<>();
    List<String> seen = new ArrayList<>();
    for (TableName name : allowed.tables()) {
      known
          .relation(name.schema(), name.name())
          .ifPresent(relation -> seen.add(String.valueOf(relation.oid())));
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ADDED.replace("%s", String.join(",", seen)))) {
      while (rows.next()) {
        added.add(rows.getLong(1));
      }
    }
    return added;
  }

  private static boolean sees(Verdict.Allowed allowed, TableName name, LiveSchema known) {
    return allowed.tables().contains(name)
        || known.relation(name.schema(), name.name()).stream()
            .flatMap(relation -> relation.parents().stream())
            .anyMatch(parent -> sees(allowed, parent, known));
  }

  /** Prepares a statement; null where that is possible, else what the database says. */
  private static @Nullable String prepares(Connection connection, String sql) throws SQLException {
    run(connection, "SAVEPOINT prepared");
    try {
      run(connection, "PREPARE judged AS " + sql);
      run(connection, "DEALLOCATE judged");
      return null;
    } catch (SQLException e) {
      run(connection, "ROLLBACK TO SAVEPOINT prepared");
      return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
  }

  private static Set<Long> locks(Connection connection) throws SQLException {
    Set<Long> locks = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LOCKS)) {
      while (rows.next()) {
        locks.add(rows.getLong(1));
      }
    }
    return locks;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  private static boolean execute(
      Connection connection, RegressionScript script, RegressionScript.Step step) {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      if (!step.data().isEmpty()) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(step.sql(), new StringReader(step.data()));
        return true;
      }
      boolean rows = statement.execute(step.sql());
      if (rows && step.keep()) {
        keep(statement, script);
      }
      return true;
    } catch (SQLException | IOException e) {
      return false;
    }
  }

  private static void keep(Statement statement, RegressionScript script) throws SQLException {
    try (ResultSet row = statement.getResultSet()) {
      if (row.next()) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          script.set(row.getMetaData().getColumnName(i), String.valueOf(row.getString(i)));
        }
      }
    }
  }

  /** Reads a statement once for several judges, as long as no other comes between. */
  private static final class Remembering implements StatementAnalyser {

    private final StatementAnalyser analyser;
    private String last = "";
    private List<StatementFacts> facts = List.of();

    Remembering(StatementAnalyser analyser) {
      this.analyser = analyser;
    }

    @Override
    public StatementLimits limits() {
      return analyser.limits();
    }

    @Override
    public List<StatementFacts> analyse(String sql) {
      if (!sql.equals(last)) {
        facts = analyser.analyse(sql);
        last = sql;
      }
      return facts;
    }
  }
}
