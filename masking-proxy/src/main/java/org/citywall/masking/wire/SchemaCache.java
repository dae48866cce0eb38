// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest known schema of the database, read again every few seconds and when a name is not
 * found. Between two readings a table may have changed: what a statement then gets is checked by
 * the object ids in the answer. Safe for use by several threads.
 */
final class SchemaCache implements AutoCloseable {

  /** Reads the schema. */
  @FunctionalInterface
  interface Source {
    SchemaSnapshot read() throws SQLException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(SchemaCache.class);
  private static final long AT_MOST_EVERY = Duration.ofMillis(500).toNanos();

  private final Source source;
  private final ScheduledExecutorService thread;
  private volatile @Nullable SchemaSnapshot newest;
  private volatile boolean used;
  private long readAt;

  SchemaCache(Source source, Duration every) {
    this.source = source;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("proxy-schema").daemon().unstarted(task));
    thread.scheduleWithFixedDelay(
        this::again, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Nobody asks an idle proxy's database anything. */
  private void again() {
    if (used) {
      used = false;
      try {
        read();
      } catch (PlatformException e) {
        LOG.atWarn().addKeyValue("error.code", e.code().id()).setCause(e).log("schema not read");
      }
    }
  }

  /** The newest known schema; {@code MSK-0062} where none could be read yet. */
  SchemaSnapshot newest() {
    used = true;
    SchemaSnapshot known = newest;
    return known == null ? read() : known;
  }

  /** The newest known schema without waiting for it; null where none was read yet. */
  @Nullable SchemaSnapshot known() {
    used = true;
    return newest;
  }

  /** Reads the schema again where this one is not quite fresh; empty where it is still the same. */
  Optional<SchemaSnapshot> newerThan(SchemaSnapshot known) {
    synchronized (this) {
      if (newest == known && System.nanoTime() - readAt < AT_MOST_EVERY) {
        return Optional.empty();
      }
    }
    SchemaSnapshot now = newest == known ? read() : newest();
    return now.version().equals(known.version()) ? Optional.empty() : Optional.of(now);
  }

  private synchronized SchemaSnapshot read() {
    try {
      SchemaSnapshot read = source.read();
      SchemaSnapshot known = newest;
      readAt = System.nanoTime();
      if (known == null || !known.version().equals(read.version())) {
        newest = read;
        return read;
      }
      return known;
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
