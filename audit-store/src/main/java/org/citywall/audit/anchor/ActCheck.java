// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.ReadOnlyLogs;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;

/**
 * Compares what the log tells of anchoring with what is stored, so that an anchor which was removed
 * is missed. The entries of acts point each to the one before, so that few entries are read: those
 * behind the last known act, those before the first, and the acts themselves.
 */
final class ActCheck {

  private static final int BATCH = 1000;

  private final Path dataDir;
  private final AnchorStore store;
  private final AnchorFindings findings;
  private final Progress progress;
  private final TreeMap<Long, AnchorEntry> acts = new TreeMap<>();
  private final Map<String, Long> leaves = new HashMap<>();

  ActCheck(Path dataDir, AnchorStore store, AnchorFindings findings, Progress progress) {
    this.dataDir = dataDir;
    this.store = store;
    this.findings = findings;
    this.progress = progress;
  }

  void run() {
    try (LogReader log = ReadOnlyLogs.openUnsealed(dataDir)) {
      read(log);
    } catch (PlatformException e) {
      if (e.code() != AuditErrorCode.LOG_CORRUPT) {
        throw e;
      }
      findings.altered("log", Finding.NONE, "entries cannot be read: " + e.getMessage());
    }
    acts.forEach(this::compare);
  }

  private void read(LogReader log) {
    long known =
        store.names().stream()
            .flatMap(name -> store.recorded(name).values().stream())
            .filter(leaf -> leaf < log.size() && AnchorEntry.of(log.read(leaf)).isPresent())
            .max(Long::compare)
            .orElse(0L);
    scan(log, known, log.size());
    long first = acts.isEmpty() ? known : walkBack(log, acts.firstKey());
    scan(log, 0, Math.min(first, known));
  }

  private void scan(LogReader log, long from, long to) {
    long leaf = from;
    while (leaf < to) {
      List<LoggedEntry> batch = log.read(leaf, (int) Math.min(BATCH, to - leaf));
      if (batch.isEmpty()) {
        return;
      }
      for (LoggedEntry entry : batch) {
        if (entry.shredded() && AnchorEntry.isSource(entry)) {
          findings.missing("log", entry.leaf(), "what it told of an anchor cannot be read");
        }
        AnchorEntry.of(entry).ifPresent(act -> acts.put(entry.leaf(), act));
      }
      leaf += batch.size();
      progress.at(leaf, to);
    }
  }

  /** From act to act to the first; gives the leaf of that one. */
  private long walkBack(LogReader log, long from) {
    long leaf = from;
    AnchorEntry act = acts.get(from);
    while (act != null && act.previous() >= 0) {
      long previous = act.previous();
      Optional<AnchorEntry> before =
          previous < leaf ? AnchorEntry.of(log.read(previous)) : Optional.empty();
      if (before.isEmpty()) {
        findings.altered("log", leaf, "it names entry " + previous + ", which tells of no anchor");
        return leaf;
      }
      acts.put(previous, before.get());
      act = before.get();
      leaf = previous;
    }
    return leaf;
  }

  private void compare(long leaf, AnchorEntry act) {
    act.files()
        .forEach(
            (file, hash) -> {
              String path = "anchors/" + act.name() + "/" + file;
              if (!AnchorStore.isName(act.name(), file)) {
                findings.altered("log", leaf, "an anchor has a name that cannot be");
                return;
              }
              try {
                compare(path, hash, store.read(act.name(), file), leaf);
              } catch (PlatformException e) {
                LogCheck.report(path, e, findings);
              }
            });
  }

  private void compare(String path, String hash, Optional<byte[]> stored, long leaf) {
    if (stored.isEmpty()) {
      findings.missing(path, leaf, "the log tells of this anchor and it is gone");
    } else if (!Hash.sha256(stored.get()).hex().equals(hash)) {
      findings.altered(path, leaf, "the log tells of another file of this name");
    } else {
      leaves.put(path, leaf);
    }
  }

  /** Leaf of the entry that tells of this file, or nothing. */
  Optional<Long> leaf(String path) {
    return Optional.ofNullable(leaves.get(path));
  }
}
