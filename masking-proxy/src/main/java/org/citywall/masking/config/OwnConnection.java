// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.sql.Connection;
import java.sql.SQLException;
import org.citywall.audit.secrets.LeasedLogin;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the database for a while, besides those of a proxy.
 *
 * @param lease of the login, which is given back at the end; null where it is not lent
 */
public record OwnConnection(Connection sql, @Nullable LeasedLogin lease) implements AutoCloseable {

  @Override
  public void close() throws SQLException {
    try {
      sql.close();
    } finally {
      if (lease != null) {
        lease.close();
      }
    }
  }
}
