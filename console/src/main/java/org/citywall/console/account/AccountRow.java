// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of the table of accounts, with what only log-in may see. */
record AccountRow(Account account, String passwordHash, int failures, Instant firstFailureAt) {

  static Optional<AccountRow> find(JdbcClient jdbc, String name) {
    return jdbc.sql("select * from account where name = :name")
        .param("name", name)
        .query(AccountRow::of)
        .optional();
  }

  static List<Account> all(JdbcClient jdbc) {
    return jdbc.sql("select * from account order by name").query(AccountRow::of).list().stream()
        .map(AccountRow::account)
        .toList();
  }

  static boolean none(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from account").query(Long.class).single() == 0;
  }

  static void insert(JdbcClient jdbc, Account account, String passwordHash, Instant now) {
    jdbc.sql(
            """
            insert into account (name, display_name, roles, password_hash, must_change_password,
              closed, credential_version, failures, first_failure_at, created_at)
            values (:name, :display, :roles, :hash, :change, false, 1, 0, 0, :now)
            """)
        .param("name", account.name())
        .param("display", account.displayName())
        .param("roles", roles(account.roles()))
        .param("hash", passwordHash)
        .param("change", account.mustChangePassword())
        .param("now", Micros.of(now))
        .update();
  }

  static void countFailure(
      JdbcClient jdbc, String name, int failures, Instant first, @Nullable Instant lockedUntil) {
    jdbc.sql(
            """
            update account set failures = :failures, first_failure_at = :first,
              locked_until = :locked
            where name = :name
            """)
        .param("failures", failures)
        .param("first", Micros.of(first))
        .param("locked", lockedUntil == null ? null : Micros.of(lockedUntil))
        .param("name", name)
        .update();
  }

  static void countSuccess(JdbcClient jdbc, String name, Instant now) {
    jdbc.sql(
            """
            update account set failures = 0, locked_until = null, last_log_in = :now
            where name = :name
            """)
        .param("now", Micros.of(now))
        .param("name", name)
        .update();
  }

  static void replacePassword(JdbcClient jdbc, String name, String hash) {
    jdbc.sql(
            """
            update account set password_hash = :hash, must_change_password = false, failures = 0,
              locked_until = null, credential_version = credential_version + 1
            where name = :name
            """)
        .param("hash", hash)
        .param("name", name)
        .update();
  }

  /** Another one-time password for an account that nobody has used. */
  static void renewOneTimePassword(JdbcClient jdbc, String name, String hash) {
    jdbc.sql(
            """
            update account set password_hash = :hash, credential_version = credential_version + 1
            where name = :name
            """)
        .param("hash", hash)
        .param("name", name)
        .update();
  }

  private static AccountRow of(ResultSet row, int n) throws SQLException {
    return new AccountRow(
        new Account(
            row.getString("name"),
            row.getString("display_name"),
            roles(row.getString("roles")),
            row.getBoolean("must_change_password"),
            row.getBoolean("closed"),
            row.getLong("credential_version"),
            time(row, "locked_until"),
            time(row, "last_log_in")),
        row.getString("password_hash"),
        row.getInt("failures"),
        Micros.toInstant(row.getLong("first_failure_at")));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }

  private static String roles(Set<Role> roles) {
    return roles.stream().sorted().map(Role::name).collect(Collectors.joining(","));
  }

  private static Set<Role> roles(String column) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String role : column.split(",", -1)) {
      roles.add(Role.valueOf(role));
    }
    return roles;
  }
}
