// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.hardened.HardenedGap;
import org.citywall.masking.hardened.HardenedGap.Kind;
import org.citywall.masking.hardened.Step;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database in hardened mode, as its administrator and as the proxy's login find it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardenedViewsIT {

  private static final String STATE =
      """
      SELECT n.nspname || '.' || relname || ' ' || coalesce((SELECT string_agg(x::text, ',' ORDER BY
        x::text) FROM unnest(relacl) x WHERE x::text NOT LIKE 'postgres=%'), '') || coalesce(
        (SELECT string_agg(attname || attacl::text, ',' ORDER BY attnum) FROM pg_attribute
          WHERE attrelid = c.oid AND attacl IS NOT NULL), '')
      FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname IN ('public', 'other') AND relkind IN ('r', 'p', 'v', 'm', 'S')
      UNION ALL SELECT 'member ' || roleid::regrole || ' ' || inherit_option || set_option
        FROM pg_auth_members WHERE member = 'app'::regrole
      UNION ALL SELECT 'default ' || x::text FROM pg_default_acl, unnest(defaclacl) x
        WHERE x::text NOT LIKE 'postgres=%'
      UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname LIKE 'citywall\\_view%'
      ORDER BY 1
      """;

  private ProxiedDemo demo;

  @BeforeAll
  void start() throws Exception {
    demo = ProxiedDemo.hardened();
  }

  @AfterAll
  void stop() throws Exception {
    demo.close();
  }

  @BeforeEach
  void harden() {
    demo.see(TestRights.ofMore(), "masked");
    demo.hardening().apply(false);
  }

  @Test
  void leavesNothingToDoAndNothingOpen() {
    assertThat(demo.hardening().plan(false)).isEmpty();
    assertThat(demo.hardening().verify()).isEmpty();
  }

  @Test
  void changesNothingByPlanning() throws Exception {
    demo.hardening().remove();
    List<String> before = state();

    List<Step> plan = demo.hardening().plan(false);

    assertThat(state()).isEqualTo(before);
    assertThat(plan)
        .extracting(Step::shown)
        .contains("REVOKE SELECT ON \"public\".\"person\" FROM \"app\"")
        .anyMatch(sql -> sql.startsWith("CREATE VIEW \"citywall_view_"))
        .noneMatch(sql -> sql.matches("(?s).*[0-9a-f]{128}.*"));
    assertThat(plan).anyMatch(step -> step.sql().reveal().matches("(?s).*[0-9a-f]{128}.*"));
  }

  @Test
  void givesBackWhatWasTakenByWhateverWay() throws Exception {
    demo.hardening().remove();
    owner(
        "CREATE ROLE readers",
        "GRANT SELECT, UPDATE ON person TO readers",
        "GRANT SELECT ON orders TO readers",
        "REVOKE ALL ON orders FROM app",
        "GRANT readers TO app",
        "GRANT SELECT ON person TO PUBLIC",
        "GRANT SELECT (phone), UPDATE (dept) ON person TO app WITH GRANT OPTION",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO app",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT, DELETE ON TABLES TO PUBLIC");
    List<String> before = state();

    demo.hardening().apply(false);

    assertThat(demo.hardening().verify()).isEmpty();
    assertThat(demo.hardening().plan(false)).isEmpty();
    assertThat(state()).isNotEqualTo(before);
    assertThat(asApp("SELECT amount FROM orders")).isEmpty();
    demo.hardening().remove();
    assertThat(state()).isEqualTo(before);
    owner(
        "REVOKE readers FROM app",
        "DROP OWNED BY readers",
        "DROP ROLE readers",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO app",
        "REVOKE SELECT ON person FROM PUBLIC",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA other REVOKE SELECT ON TABLES FROM app",
        "ALTER DEFAULT PRIVILEGES REVOKE SELECT, DELETE ON TABLES FROM PUBLIC",
        "REVOKE GRANT OPTION FOR SELECT (phone), UPDATE (dept) ON person FROM app");
  }

  /** Ways that applying again closes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRANT SELECT ON person TO app | OWN_GRANT | public.person",
        "GRANT SELECT (phone) ON person TO app | OWN_GRANT | public.person",
        "GRANT SELECT ON person TO PUBLIC | PUBLIC_GRANT | public.person",
        "GRANT SELECT ON v_person TO app | OWN_GRANT | public.v_person",
        "GRANT SELECT ON mv_person TO app | OWN_GRANT | public.mv_person",
        "GRANT SELECT ON visit_2026 TO app | OWN_GRANT | public.visit_2026",
        "GRANT SELECT ON contact_private TO app | OWN_GRANT | public.contact_private",
        "GRANT SELECT ON uncatalogued TO app | OWN_GRANT | public.uncatalogued",
        "GRANT TRIGGER ON person TO app | OWN_GRANT | public.person",
        "GRANT pg_read_all_data TO app | MEMBERSHIP | pg_read_all_data",
        "GRANT pg_read_server_files TO app | MEMBERSHIP | pg_read_server_files",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app | DEFAULT_PRIVILEGE | postgres",
        "CREATE VIEW late_view AS SELECT phone FROM person; GRANT SELECT ON late_view TO app | OWN_GRANT | public.late_view",
      })
  void namesAWayAndClosesIt(String opened, Kind kind, String object) throws Exception {
    owner(opened);

    assertThat(demo.hardening().verify())
        .anyMatch(gap -> gap.kind() == kind && gap.object().equals(object));
    demo.hardening().apply(false);
    assertThat(demo.hardening().verify()).isEmpty();
    owner("DROP VIEW IF EXISTS late_view");
  }

  /** Ways that only the administrator can close. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER ROLE app SUPERUSER | LOGIN_ATTRIBUTE | app | ALTER ROLE app NOSUPERUSER | true",
        "ALTER ROLE app BYPASSRLS | LOGIN_ATTRIBUTE | app | ALTER ROLE app NOBYPASSRLS | true",
        "ALTER ROLE app REPLICATION | LOGIN_ATTRIBUTE | app | ALTER ROLE app NOREPLICATION | true",
        "ALTER TABLE person OWNER TO app | OWNERSHIP | public.person | ALTER TABLE person OWNER TO postgres | true",
        "ALTER TABLE person ENABLE ROW LEVEL SECURITY | ROW_SECURITY | public.person | ALTER TABLE person DISABLE ROW LEVEL SECURITY | true",
        "ALTER FUNCTION f_phone(int) SECURITY DEFINER | DEFINER_FUNCTION | public.f_phone(i integer) | ALTER FUNCTION f_phone(int) SECURITY INVOKER | false",
        "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app | SERVER_FILES | pg_read_file(text) | REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM app | false",
      })
  void namesAWayThatItCannotClose(
      String opened, Kind kind, String object, String closed, boolean impossible) throws Exception {
    owner(opened);
    try {
      assertThat(demo.hardening().verify())
          .anyMatch(gap -> gap.kind() == kind && gap.object().equals(object));
      if (impossible) {
        assertThatExceptionOfType(PlatformException.class)
            .isThrownBy(() -> demo.hardening().apply(false))
            .satisfies(e -> assertThat(e.code()).isEqualTo(MaskingErrorCode.HARDENING_IMPOSSIBLE));
      }
    } finally {
      owner(closed);
    }
    demo.hardening().apply(false);
    assertThat(demo.hardening().verify()).isEmpty();
  }

  @Test
  void namesAFunctionOfWhichNobodyCanTellWhatItReads() throws Exception {
    owner(
        "CREATE FUNCTION dynamic(q text) RETURNS text LANGUAGE plpgsql SECURITY DEFINER AS"
            + " 'DECLARE r text; BEGIN EXECUTE q INTO r; RETURN r; END'");

    assertThat(demo.hardening().verify())
        .extracting(HardenedGap::kind)
        .containsExactly(Kind.DEFINER_FUNCTION);
    owner("DROP FUNCTION dynamic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE OR REPLACE VIEW VIEW WITH (security_barrier=true) AS SELECT id, name, id_card, phone, dept, salary FROM public.person | VIEW_DIFFERENT",
        "ALTER VIEW VIEW SET (security_barrier = false) | VIEW_DIFFERENT",
        "ALTER VIEW VIEW OWNER TO app | VIEW_DIFFERENT",
        "CREATE RULE r AS ON INSERT TO VIEW DO INSTEAD NOTHING | VIEW_DIFFERENT",
        "DROP VIEW VIEW | VIEW_MISSING",
        "GRANT SELECT ON VIEW TO PUBLIC | VIEW_GRANT",
        "GRANT UPDATE ON VIEW TO app | VIEW_GRANT",
        "REVOKE SELECT ON VIEW FROM app | VIEW_GRANT",
      })
  void namesAViewThatIsNotAsAppliedAndMendsIt(String change, Kind kind) throws Exception {
    String view = view("public.person");
    owner(
        change
            .replace("VIEW VIEW", "VIEW " + view)
            .replace("TO VIEW", "TO " + view)
            .replace("ON VIEW", "ON " + view));

    assertThat(demo.hardening().verify())
        .anyMatch(gap -> gap.kind() == kind && gap.object().contains(".public.person "));
    demo.hardening().apply(false);
    assertThat(demo.hardening().verify()).isEmpty();
  }

  @Test
  void refusesAProfileUntilItsViewsAreMade() throws Exception {
    try (Connection ana = connected();
        Statement statement = ana.createStatement()) {
      assertThat(first(statement, "SELECT phone FROM person")).contains("****");

      demo.see(TestRights.withoutMasks(), "steward");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> first(statement, "SELECT dept FROM person"))
          .withMessageContaining("MSK-0050");
      demo.hardening().apply(false);

      Awaitility.await()
          .atMost(RawClient.PATIENCE)
          .ignoreExceptions()
          .until(
              () -> first(statement, "SELECT phone FROM person WHERE id = 1"),
              "13847195678"::equals);
    }
  }

  @Test
  void keepsTheViewsOfThePolicyBeforeOnDemand() throws Exception {
    demo.see(TestRights.withoutMasks(), "next");

    demo.hardening().apply(true);

    assertThat(demo.count("SELECT count(*) FROM pg_views WHERE viewname LIKE 'citywall profile %'"))
        .isEqualTo(2);
    assertThat(demo.hardening().verify())
        .extracting(HardenedGap::kind)
        .containsExactly(Kind.VIEWS_LEFT);
    demo.hardening().apply(false);
    assertThat(demo.hardening().verify()).isEmpty();
  }

  @Test
  void letsNobodyNameAView() throws Exception {
    String view = view("public.person");
    String[] parts = view.split("\\.", 2);
    try (Connection ana = connected();
        Statement statement = ana.createStatement()) {
      for (String sql :
          List.of(
              "SELECT * FROM " + view,
              "SELECT * FROM citywall_hardened.secret",
              "SET search_path TO " + parts[0] + "; SELECT * FROM " + parts[1],
              "UPDATE " + view + " SET dept = 'x'")) {
        assertThatExceptionOfType(SQLException.class)
            .isThrownBy(() -> statement.execute(sql))
            .withMessageContaining("MSK-00");
      }
    }
  }

  @Test
  void showsTheSecretOfAHashNowhere() throws Exception {
    String definition = "SELECT pg_get_viewdef('" + view("public.pseudonym") + "'::regclass)";
    try (Connection ana = connected();
        Statement statement = ana.createStatement()) {
      assertThat(first(statement, definition))
          .contains("sha256")
          .doesNotContainPattern("[0-9a-f]{64}");
      assertThat(first(statement, "SELECT phone FROM pseudonym")).matches("[0-9a-f]{64}");
    }
    assertThat(asApp("SELECT pad FROM citywall_hardened.secret")).contains("permission denied");
  }

  @Test
  void writesThroughViewsAndNeverIntoWhatTheyMask() throws Exception {
    String view = view("public.person");
    assertThat(asApp("UPDATE " + view + " SET phone = '1'")).contains("cannot update column");
    assertThat(asApp("UPDATE person SET dept = 'x'")).contains("permission denied");
    assertThat(asApp("DELETE FROM person")).contains("permission denied");
    assertThat(asApp("TRUNCATE person")).contains("permission denied");
    try (Connection ana = connected();
        Statement statement = ana.createStatement()) {
      ana.setAutoCommit(false);
      assertThat(statement.executeUpdate("INSERT INTO person(id, dept) VALUES (9, 'new')")).isOne();
      assertThat(statement.executeUpdate("UPDATE person SET dept = 'x' WHERE person.id = 9"))
          .isOne();
      assertThat(
              statement.executeUpdate(
                  "INSERT INTO public.person AS p(id, dept) VALUES (9, 'y')"
                      + " ON CONFLICT (id) DO UPDATE SET dept = excluded.dept"))
          .isOne();
      assertThat(
              statement.executeUpdate(
                  "MERGE INTO person p USING orders o ON p.id = o.id WHEN NOT MATCHED THEN"
                      + " INSERT (id, dept) VALUES (o.id, 'm')"))
          .isPositive();
      assertThat(first(statement, "SELECT dept FROM person WHERE id = 9 FOR UPDATE"))
          .isEqualTo("y");
      assertThat(statement.executeUpdate("DELETE FROM ONLY person WHERE id = 9")).isOne();
      assertThat(statement.executeUpdate("UPDATE ONLY contact SET id = 3")).isZero();
      ana.rollback();
    }
  }

  /** The person's session, when the proxy knows the views as they are now. */
  private Connection connected() {
    return Awaitility.await()
        .atMost(RawClient.PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              Connection ana = demo.proxy().connect(ProxiedDemo.USER);
              try (Statement statement = ana.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                    .as("what has the proxy read the schema again")
                    .isThrownBy(() -> statement.execute("SELECT 1 FROM no_such_table"));
                first(statement, "SELECT name FROM person");
                return ana;
              } catch (SQLException e) {
                ana.close();
                throw e;
              }
            },
            Objects::nonNull);
  }

  private static String first(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void owner(String... statements) throws SQLException {
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String text(String sql) throws SQLException {
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      return first(statement, sql);
    }
  }

  /** The view that stands in the place of a relation, quoted. */
  private String view(String relation) throws SQLException {
    return text(
        "SELECT quote_ident(schemaname) || '.' || quote_ident(viewname) FROM pg_views WHERE"
            + " schemaname LIKE 'citywall\\_view%' AND starts_with(viewname, '"
            + relation
            + " ') AND viewname NOT LIKE '% only %'");
  }

  private List<String> state() throws SQLException {
    List<String> state = new ArrayList<>();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(STATE)) {
      while (rows.next()) {
        state.add(rows.getString(1));
      }
    }
    return state;
  }

  /** What the database says against a statement of the proxy's login; empty where it runs. */
  private String asApp(String sql) throws SQLException {
    try (Connection app = demo.proxy().database.connect("app");
        Statement statement = app.createStatement()) {
      app.setAutoCommit(false);
      statement.execute(sql);
      app.rollback();
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
