// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The open state database, with its schema brought up to date. Safe for use by several threads.
 * Failures of the database are {@code CON-0001}.
 */
public final class StateStore implements AutoCloseable {

  private static final int POOL_SIZE = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String MIGRATIONS = "classpath:org/citywall/console/state/migration";

  private final HikariDataSource dataSource;
  private final PlatformTransactionManager transactions;
  private final JdbcClient jdbc;
  private final boolean embedded;

  private StateStore(HikariDataSource dataSource, boolean embedded) {
    this.dataSource = dataSource;
    this.transactions = new DataSourceTransactionManager(dataSource);
    this.jdbc = JdbcClient.create(dataSource);
    this.embedded = embedded;
  }

  /** Opens the database and migrates its schema. */
  public static StateStore open(StateDatabase database) {
    return switch (database) {
      case StateDatabase.Embedded embedded -> open(embedded(embedded.folder()), true);
      case StateDatabase.PostgreSql server -> open(server(server), false);
    };
  }

  /** Runs this in one transaction; whatever it throws rolls it back. */
  public <T> T inTransaction(Function<JdbcClient, T> work) {
    return translated(
        () -> {
          T result = new TransactionTemplate(transactions).execute(status -> work.apply(jdbc));
          if (embedded) {
            // H2 leaves committed pages in the operating system's cache; the log does not, and
            // state must not fall behind it when the power fails.
            jdbc.sql("checkpoint sync").update();
          }
          return result;
        });
  }

  /** Reads without a transaction. */
  public <T> T read(Function<JdbcClient, T> work) {
    return translated(() -> work.apply(jdbc));
  }

  /**
   * Writes a consistent copy of an embedded database while it is used, as a zip of its one file. A
   * database of a server has its own means: false, and nothing is written.
   */
  public boolean backUp(Path zip) {
    if (embedded) {
      read(jdbc -> jdbc.sql("backup to :zip").param("zip", zip.toString()).update());
    }
    return embedded;
  }

  @Override
  public void close() {
    dataSource.close();
  }

  private interface Work<T> {
    T run();
  }

  private static <T> T translated(Work<T> work) {
    try {
      return work.run();
    } catch (DataAccessException | TransactionException e) {
      throw new PlatformException(
          ConsoleErrorCode.STATE_UNAVAILABLE, "the state database failed", e);
    }
  }

  private static StateStore open(HikariConfig config, boolean embedded) {
    config.setPoolName("state");
    config.setMaximumPoolSize(POOL_SIZE);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    HikariDataSource dataSource = null;
    try {
      dataSource = new HikariDataSource(config);
      Flyway.configure(StateStore.class.getClassLoader())
          .dataSource(dataSource)
          .locations(MIGRATIONS)
          .cleanDisabled(true)
          .load()
          .migrate();
      return new StateStore(dataSource, embedded);
    } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      if (dataSource != null) {
        dataSource.close();
      }
      throw new PlatformException(
          ConsoleErrorCode.STATE_UNAVAILABLE, "the state database cannot be opened", e);
    }
  }

  private static HikariConfig embedded(Path folder) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(
        "jdbc:h2:file:"
            + folder.toAbsolutePath().resolve("console")
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";LOCK_TIMEOUT=10000;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
    config.setUsername("sa");
    config.setPassword("");
    return config;
  }

  private static HikariConfig server(StateDatabase.PostgreSql server) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.url());
    config.setUsername(server.user());
    config.setPassword(server.password().reveal());
    return config;
  }
}
