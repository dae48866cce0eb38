// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Sends what a proxy recorded in its own log to a platform, in the log's order, each entry until
 * the platform has taken it. The log is the spool: nothing else has to be kept but how far it has
 * come, and that is written behind what was taken, so that a crash sends again and never skips. The
 * platform tells an entry that comes twice by its id.
 */
final class LogShipping implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogShipping.class);
  private static final Set<EntryKind> KINDS =
      EnumSet.of(EntryKind.EVENT, EntryKind.DECISION, EntryKind.COMPLETION);
  private static final JsonFactory JSON = new JsonFactory();

  /** Names the entry in the proxy's own log. */
  private static final String LEAF = EventJson.LABELS + "proxy_leaf";

  private static final int BATCH = 500;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** Takes lines of JSON. */
  @FunctionalInterface
  interface Delivery {
    /** Returns when all lines are durable there; fails otherwise, and they are sent again. */
    void deliver(byte[] lines) throws IOException, InterruptedException;
  }

  private final LogReader log;
  private final Path mark;
  private final Delivery delivery;
  private final Duration firstWait;
  private final Duration longestWait;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private volatile long next;
  private volatile long failures;

  /**
   * Goes on behind the entry that was taken last.
   *
   * @param mark file that holds how far it has come
   * @param firstWait between two tries, which grows
   * @param longestWait to which it grows
   */
  LogShipping(
      LogReader log, Path mark, Delivery delivery, Duration firstWait, Duration longestWait) {
    this.log = log;
    this.mark = mark;
    this.delivery = delivery;
    this.firstWait = firstWait;
    this.longestWait = longestWait;
    this.next = read(mark, log.size());
    this.thread = Thread.ofPlatform().name("log-shipping").daemon().unstarted(this::run);
    thread.start();
  }

  /** A log that is shorter than what was sent was restored: all of it is sent again. */
  private static long read(Path mark, long size) {
    try {
      if (!Files.exists(mark)) {
        return 0;
      }
      String text = Files.readString(mark).strip();
      long next = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
      return next > size ? 0 : next;
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("how far the log was shipped cannot be read; it begins anew");
      return 0;
    }
  }

  /** Entries that were not taken yet. */
  long lag() {
    return Math.max(0, log.size() - next);
  }

  /** Tries that failed since the start. */
  long failures() {
    return failures;
  }

  private void run() {
    Duration wait = firstWait;
    try {
      while (stop.getCount() > 0) {
        if (shipped()) {
          wait = firstWait;
          log.awaitBeyond(next, LOOK_EVERY);
        } else {
          stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
          wait = longer(wait);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(longestWait) > 0 ? longestWait : doubled;
  }

  /** Sends what there is; false where it has to be tried again. */
  private boolean shipped() throws InterruptedException {
    try {
      List<LoggedEntry> page = log.read(next, BATCH);
      while (!page.isEmpty() && stop.getCount() > 0) {
        byte[] lines = lines(page);
        if (lines.length > 0) {
          delivery.deliver(lines);
        }
        long behind = page.getLast().leaf() + 1;
        write(behind);
        next = behind;
        page = log.read(next, BATCH);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      failures++;
      LOG.atWarn()
          .addKeyValue("error.code", CliErrorCode.LOG_NOT_SHIPPED.id())
          .addKeyValue("gov.note", "from entry " + next)
          .setCause(e)
          .log(
              "the proxy's log could not be shipped; it stays in its own folder and is tried again");
      return false;
    }
  }

  private static byte[] lines(List<LoggedEntry> page) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (LoggedEntry entry : page) {
      if (KINDS.contains(entry.kind()) && !entry.shredded()) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
          json.writeStartObject();
          EventJson.writeMembers(entry.event(), json);
          json.writeNumberProperty(LEAF, entry.leaf());
          json.writeEndObject();
        }
        bytes.write('\n');
      }
    }
    return bytes.toByteArray();
  }

  private void write(long behind) throws IOException {
    Path fresh = mark.resolveSibling(mark.getFileName() + ".new");
    byte[] text = Long.toString(behind).getBytes(StandardCharsets.US_ASCII);
    Files.write(fresh, text);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends; what is not taken yet is sent after the next start. */
  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
