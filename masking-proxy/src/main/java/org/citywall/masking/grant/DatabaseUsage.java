// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of all proxies before one database, in its schema {@code citywall} ({@link #script}). One
 * connection, opened when it is needed and again when it broke. The clock that expires keys is the
 * database's.
 */
public final class DatabaseUsage implements Usage {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseUsage.class);
  private static final String SCRIPT = "usage.sql";
  private static final String LOGIN = "PROXY_LOGIN";
  private static final int MOST_WAITING = 20_000;

  /** Opens connections as the proxy's login, with time-outs. */
  @FunctionalInterface
  public interface Source {
    /** A connection of its own. */
    Connection open() throws SQLException;
  }

  private final Source source;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          work -> Thread.ofPlatform().name("proxy-usage").daemon().unstarted(work));
  private @Nullable Connection connection;

  public DatabaseUsage(Source source) {
    this.source = source;
  }

  /**
   * What the database's owner runs once, and again after an update.
   *
   * @param login of the proxy, which may call the functions and nothing else
   */
  public static String script(String login) {
    try (InputStream in = DatabaseUsage.class.getResourceAsStream(SCRIPT)) {
      String text =
          new String(Objects.requireNonNull(in, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
      return text.replace(LOGIN, '"' + login.replace("\"", "\"\"") + '"');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletableFuture<Taken> take(UsageKey key, long limit, long least, long most) {
    if (limit < 0 || least < 1 || most < least) {
      throw new IllegalArgumentException("0 <= limit and 1 <= least <= most");
    }
    return later(() -> call(key, limit, least, most));
  }

  @Override
  public void giveBack(UsageKey key, long count) {
    later(
        () -> {
          try (PreparedStatement statement =
              connected().prepareStatement("SELECT citywall.give_back_usage(?, ?)")) {
            statement.setString(1, key.name());
            statement.setLong(2, count);
            return statement.execute();
          }
        });
  }

  @Override
  public CompletableFuture<Long> left(UsageKey key, long limit) {
    // takes nothing, as nobody is content with less than one more than there is
    return later(() -> call(key, limit, Long.MAX_VALUE, Long.MAX_VALUE).left());
  }

  /** {@inheritDoc} What expired a day ago. */
  @Override
  public void forget() {
    later(
        () -> {
          try (Statement statement = connected().createStatement()) {
            return statement.execute("SELECT citywall.forget_usage()");
          }
        });
  }

  /** What asks the database. */
  @FunctionalInterface
  private interface Asking<T> {
    T ask() throws SQLException;
  }

  private <T> CompletableFuture<T> later(Asking<T> asking) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      thread.execute(() -> ask(asking, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(unavailable(e));
    }
    return result;
  }

  private <T> void ask(Asking<T> asking, CompletableFuture<T> result) {
    try {
      result.complete(asking.ask());
    } catch (SQLException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("the counts in the database cannot be reached");
      disconnect();
      result.completeExceptionally(unavailable(e));
    }
  }

  private static PlatformException unavailable(Exception cause) {
    return new PlatformException(
        MaskingErrorCode.USAGE_UNAVAILABLE, "the counts in the database", cause);
  }

  private Taken call(UsageKey key, long limit, long least, long most) throws SQLException {
    try (PreparedStatement statement =
        connected()
            .prepareStatement("SELECT taken, remaining FROM citywall.take_usage(?,?,?,?,?)")) {
      statement.setString(1, key.name());
      statement.setLong(2, limit);
      statement.setLong(3, least);
      statement.setLong(4, most);
      statement.setTimestamp(5, Timestamp.from(key.expires()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Taken(row.getLong(1), row.getLong(2));
      }
    }
  }

  private Connection connected() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = source.open();
      connection = open;
      try (Statement statement = open.createStatement()) {
        // a count that the database could still lose would be given out again
        statement.execute("SET synchronous_commit = on");
      }
    }
    return open;
  }

  private void disconnect() {
    Connection broken = connection;
    connection = null;
    if (broken != null) {
      try {
        broken.close();
      } catch (SQLException e) {
        LOG.atDebug().setCause(e).log("a broken connection could not be closed");
      }
    }
  }

  @Override
  public void close() {
    thread.execute(this::disconnect);
    thread.close();
  }
}
