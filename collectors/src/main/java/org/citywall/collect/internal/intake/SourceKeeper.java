// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what is known about sources outlive the process. The log is the truth: a file holds what its
 * entries up to some leaf say, the entries behind it say the rest. Without the file, the last
 * entries alone are read.
 */
public final class SourceKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(SourceKeeper.class);
  private static final Duration EACH = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(30);
  private static final int READ_AHEAD = 1024;
  private static final long READ_BACK = 200_000;

  private final SourceRegistry sources;
  private final LogReader log;
  private final Path file;
  private @Nullable Instant saved;
  private long known;

  /**
   * @param folder folder of the spool
   */
  public SourceKeeper(SourceRegistry sources, LogReader log, Path folder) {
    this.sources = sources;
    this.log = log;
    this.file = folder.resolve(SourceFile.NAME);
  }

  /**
   * Takes up what was known before the restart. Sources that were not heard of for a month are
   * forgotten.
   *
   * @param first whether no collector ran before: then nothing in the log came through one
   */
  public void recall(boolean first, Instant now) {
    long leaf = first ? log.size() : restore();
    List<LoggedEntry> entries = log.read(leaf, READ_AHEAD);
    while (!entries.isEmpty()) {
      entries.forEach(entry -> recall(entry.event()));
      entries = log.read(entries.getLast().leaf() + 1, READ_AHEAD);
    }
    for (SourceState state : sources.all()) {
      state.watchFrom(now);
      Instant last = state.lastHeard();
      if (last != null && last.isBefore(now.minus(FORGOTTEN_AFTER))) {
        sources.forget(state.name);
      }
    }
    known = log.size();
    save(now);
  }

  /** Answers the leaf from which on the log knows more. */
  private long restore() {
    long readBack = Math.max(0, log.size() - READ_BACK);
    try {
      SourceFile.Content content = SourceFile.read(file);
      if (content.leaf() > log.size()) {
        throw new IOException("it is ahead of the log");
      }
      for (SourceMemory memory : content.sources()) {
        SourceState state = sources.recall(memory.name());
        if (state != null) {
          state.restore(memory);
        }
      }
      return content.leaf();
    } catch (NoSuchFileException e) {
      LOG.atInfo().log("what is known about sources is read from the end of the log");
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("what is known about sources is read from the end of the log");
    }
    return readBack;
  }

  /** Takes up an event of an earlier run. */
  void recall(Event event) {
    String source = event.position().source();
    if (SourceKind.named(source)) {
      SourceState state = sources.recall(source);
      if (state != null) {
        state.recall(event);
      }
    } else if (source.equals(Intake.OWN_SOURCE)) {
      recallReport(event);
    }
  }

  private void recallReport(Event event) {
    String action = event.text(Field.EVENT_ACTION);
    String origin = event.text(Field.GOV_ORIGIN_ID);
    boolean silent = SelfReport.SILENT.equals(action);
    if (origin != null && (silent || SelfReport.RESUMED.equals(action))) {
      int hash = origin.indexOf('#');
      String host = hash < 0 ? null : origin.substring(hash + 1);
      SourceState state = sources.recall(hash < 0 ? origin : origin.substring(0, hash));
      if (state != null) {
        state.recallSilence(host, silent);
      }
    }
  }

  /** Saves what is known when a minute has passed since it was saved. */
  public void beat(Instant now) {
    if (saved == null || !now.isBefore(saved.plus(EACH))) {
      save(now);
    }
  }

  /** Saves what is known. A failure costs no more than time at the next start. */
  public void save(Instant now) {
    saved = now;
    // What was in the log a minute ago has certainly been noted by its source; the rest may not be.
    long leaf = known;
    known = log.size();
    List<SourceMemory> memories = new ArrayList<>();
    for (SourceState state : sources.all()) {
      if (!state.name.equals(Intake.OWN_SOURCE) && !state.name.equals(Intake.TICK_SOURCE)) {
        memories.add(state.memory());
      }
    }
    try {
      SourceFile.write(file, new SourceFile.Content(leaf, memories));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("what is known about sources cannot be saved");
    }
  }
}
