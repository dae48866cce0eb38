// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The account, if any, whose one-time password nobody was told: the process may die between making
 * the account and printing its password, which is kept nowhere. One whose password was changed
 * since had somebody who knew it, and keeps the password it has.
 */
final class UntoldPassword {

  private UntoldPassword() {}

  static void note(JdbcClient jdbc, String account) {
    jdbc.sql("insert into untold_password (account) values (:account)")
        .param("account", account)
        .update();
  }

  static Optional<String> account(JdbcClient jdbc) {
    return jdbc.sql(
            """
            select account from untold_password join account on name = account
            where must_change_password = true
            """)
        .query(String.class)
        .optional();
  }

  static void forget(JdbcClient jdbc) {
    jdbc.sql("delete from untold_password").update();
  }
}
