// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresFrameworksIT extends FrameworksContract {

  private static PostgresServer server;

  @BeforeAll
  static void startServer() {
    server = new PostgresServer();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  StateDatabase emptyDatabase() {
    return server.emptyDatabase();
  }
}
