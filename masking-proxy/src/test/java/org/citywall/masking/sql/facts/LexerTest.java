// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lexer beside the one of a real PostgreSQL. */
class LexerTest {

  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\\",
          "E'",
          "e'a",
          "N'b'",
          "\"",
          "\"a b\"",
          "U&\"\\0061\"",
          "U&'\\0061'",
          "$$",
          "$a$",
          "$b$",
          "$1",
          "--",
          "/*",
          "*/",
          "\n",
          "\r",
          "\t",
          " ",
          "a",
          "B",
          "_c",
          "1",
          "2.5",
          ".5",
          "1e5",
          "+",
          "-",
          "*",
          "||",
          "<",
          ",",
          "::text",
          "(",
          ")",
          "x'1F'",
          "b'10'",
          "é",
          "某",
          "𠮷",
          "@",
          "=",
          "uescape '!'",
          ".",
          "[",
          "]",
          "a$b",
          "null");

  private static EmbeddedPostgres server;
  private static Connection database;

  @BeforeAll
  static void start() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    database =
        DriverManager.getConnection(
            server.getJdbcUrl("postgres", "postgres") + "&preferQueryMode=simple");
  }

  @AfterAll
  static void stop() throws IOException, SQLException {
    database.close();
    server.close();
  }

  @RandomizedTest(iterations = 20)
  void cutsWherePostgresCuts(RandomGenerator random) {
    for (int i = 0; i < 100; i++) {
      StringBuilder written = new StringBuilder("SELECT ");
      for (int left = 1 + random.nextInt(9); left > 0; left--) {
        written.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String sql = written.toString();

      Optional<String> spaced = spaced(sql);

      if (spaced.isEmpty()) {
        assertThat(answer(sql)).as(sql).startsWith("error");
      } else {
        assertThat(answer(spaced.get())).as("%s%n as %s", sql, spaced.get()).isEqualTo(answer(sql));
      }
    }
  }

  /** The statement's tokens with one space between them, unless it has none. */
  private static Optional<String> spaced(String sql) {
    try {
      List<String> written = new ArrayList<>();
      for (Token token : Lexer.tokens(sql)) {
        written.add(sql.substring(token.start(), token.end()));
      }
      return Optional.of(String.join(" ", written));
    } catch (StatementRefused refused) {
      return Optional.empty();
    }
  }

  /** The row, or what PostgreSQL says against it without positions. */
  private static String answer(String sql) {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      StringBuilder answer = new StringBuilder("row");
      while (row.next()) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          answer.append('|').append(row.getMetaData().getColumnLabel(i));
          answer.append('=').append(row.getString(i));
        }
      }
      return answer.toString();
    } catch (SQLException e) {
      return "error " + e.getSQLState();
    }
  }

  @RandomizedTest(iterations = 20)
  void foldsDecodesAndCutsNamesAsPostgresDoes(RandomGenerator random) throws SQLException {
    String alphabet = "abcXYZ_09ÄÉ某区𠮷";
    for (int i = 0; i < 20; i++) {
      String name =
          random
              .ints(1 + random.nextInt(80), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .filter(part -> !Character.isSurrogate(part.charAt(0)))
              .collect(Collectors.joining("", "x", ""));
      for (String written : List.of(name, '"' + name + '"', "U&\"" + name + "\\4e00\\0041\"")) {
        try (Statement statement = database.createStatement();
            ResultSet row = statement.executeQuery("SELECT 1 AS " + written)) {
          assertThat(Lexer.tokens(written))
              .singleElement()
              .extracting(Token::text)
              .isEqualTo(row.getMetaData().getColumnLabel(1));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a", "SELECT \"a", "SELECT $$a", "SELECT $a$ $b$", "/* /* */", "SELECT \"\"",
        "SELECT 1a", "SELECT U&\"\\00\"", "SELECT E'a\\'", "SELECT 'a\u0000'", "SELECT \\d",
            "SELECT $",
        "SELECT U&\"!0061\" UESCAPE 'ab'", "SELECT {"
      })
  void refusesWhatIsNoToken(String sql) {
    assertThatThrownBy(() -> Lexer.tokens(sql)).isInstanceOf(StatementRefused.class);
  }
}
