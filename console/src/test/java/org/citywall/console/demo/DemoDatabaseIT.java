// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.identifier.BankCard;
import org.citywall.masking.identifier.IdentifierKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

class DemoDatabaseIT {

  @TempDir private static Path folder;
  private static DemoDatabase database;

  @BeforeAll
  static void start() {
    database = DemoDatabase.start(folder, 0, 7, new SecureRandom());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "population.person,20000",
    "population.household,7000",
    "legal_entity.enterprise,3000",
    "legal_entity.representative,3000",
    "social_security.participant,16000",
    "social_security.payment,24000",
    "social_security.benefit,5000",
    "housing.property,6000",
    "housing.contract,4000"
  })
  void holdsTheRowsOfATown(String table, String rows) throws SQLException {
    assertThat(column(DatabaseLogin.CITYWALL, "SELECT count(*) FROM " + table))
        .containsExactly(rows);
  }

  @Test
  void meansNobodyReal() throws SQLException {
    List<String> ids = column(DatabaseLogin.CITYWALL, "SELECT id_card FROM population.person");

    assertThat(ids)
        .hasSize(20_000)
        .doesNotHaveDuplicates()
        .allMatch(IdentifierKind.RESIDENT_ID::matches)
        .allMatch(id -> id.startsWith("3399") && id.startsWith("1900", 6));
    assertThat(
            column(
                DatabaseLogin.CITYWALL,
                "SELECT DISTINCT extract(year FROM birth_date)::int FROM population.person"))
        .containsExactly("1900");
    assertThat(
            column(
                DatabaseLogin.CITYWALL,
                "SELECT count(*) FROM population.person p WHERE to_char(p.birth_date, 'YYYYMMDD')"
                    + " <> substr(p.id_card, 7, 8)"))
        .containsExactly("0");
  }

  @Test
  void givesCodesAndCardsTheirRightCheckDigits() throws SQLException {
    assertThat(column(DatabaseLogin.CITYWALL, "SELECT uscc FROM legal_entity.enterprise"))
        .doesNotHaveDuplicates()
        .allMatch(IdentifierKind.UNIFIED_SOCIAL_CREDIT_CODE::matches);
    assertThat(column(DatabaseLogin.CITYWALL, "SELECT bank_card FROM social_security.participant"))
        .allMatch(BankCard::isValid);
    assertThat(column(DatabaseLogin.CITYWALL, "SELECT mobile FROM population.person"))
        .allMatch(IdentifierKind.MOBILE_NUMBER::matches);
  }

  @Test
  void explainsEveryTableAndColumnInChinese() throws SQLException {
    List<String> uncommented =
        column(
            DatabaseLogin.POSTGRES,
            """
            SELECT c.oid::regclass || '.' || coalesce(a.attname, '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relkind = 'r'
              AND n.nspname IN ('population', 'legal_entity', 'social_security', 'housing')
              AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid) IS NULL)
            """);

    assertThat(uncommented).isEmpty();
  }

  @Test
  void hasExactlyTheColumnsThatTheCatalogueGrades() throws SQLException {
    List<String> graded =
        SeedTable.rows("columns.tsv").stream().map(row -> row.get(0) + "." + row.get(1)).toList();

    List<String> present =
        column(
            DatabaseLogin.POSTGRES,
            "SELECT table_schema || '.' || table_name || '.' || column_name"
                + " FROM information_schema.columns WHERE table_schema IN"
                + " ('population', 'legal_entity', 'social_security', 'housing')");

    assertThat(present).containsExactlyInAnyOrderElementsOf(graded);
  }

  @Test
  void letsEveryLogInDoItsWorkAndNoMore() throws SQLException {
    assertThat(column(DatabaseLogin.YUNLAN_VENDOR, "SELECT 1 FROM social_security.benefit LIMIT 1"))
        .containsExactly("1");
    assertThatThrownBy(
            () -> column(DatabaseLogin.YUNLAN_VENDOR, "SELECT 1 FROM population.person LIMIT 1"))
        .isInstanceOf(PSQLException.class)
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                column(
                    DatabaseLogin.CITYWALL,
                    "UPDATE population.person SET status = '' RETURNING person_no"))
        .isInstanceOf(PSQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void refusesAWrongPassword() {
    var source = new PGSimpleDataSource();
    source.setURL(database.jdbcUrl());
    source.setUser("postgres");
    source.setPassword("guess");

    assertThatThrownBy(source::getConnection)
        .isInstanceOf(PSQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void keepsThePasswordsToItsOwner() throws Exception {
    Path credentials = folder.resolve("demo").resolve("database").resolve("credentials");

    assertThat(Files.getPosixFilePermissions(credentials))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    assertThat(database.password(DatabaseLogin.CITYWALL)).hasToString("***");
  }

  @Test
  void keepsItsRowsAndPasswordsOverARestart(@TempDir Path other) throws SQLException {
    String password;
    try (DemoDatabase first = DemoDatabase.start(other, 0, 7, new SecureRandom())) {
      password = first.password(DatabaseLogin.CITYWALL).reveal();
      try (Connection connection = first.dataSource(DatabaseLogin.YUNLAN_DESK).getConnection();
          Statement sql = connection.createStatement()) {
        assertThat(sql.executeUpdate("UPDATE housing.property SET usage = '商业'")).isEqualTo(6_000);
      }
    }

    try (DemoDatabase again = DemoDatabase.start(other, 0, 8, new SecureRandom())) {
      assertThat(again.password(DatabaseLogin.CITYWALL).reveal()).isEqualTo(password);
      assertThat(
              column(again, DatabaseLogin.CITYWALL, "SELECT DISTINCT usage FROM housing.property"))
          .containsExactly("商业");
    }
  }

  private static List<String> column(DatabaseLogin login, String query) throws SQLException {
    return column(database, login, query);
  }

  private static List<String> column(DemoDatabase database, DatabaseLogin login, String query)
      throws SQLException {
    try (Connection connection = database.dataSource(login).getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
