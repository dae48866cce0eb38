// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.backup.BackupManifest;
import org.citywall.audit.backup.Restore;
import org.citywall.audit.backup.RestoreOptions;
import org.citywall.audit.backup.RestoreReport;
import org.citywall.audit.backup.TrialFolder;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.control.ControlClient;
import org.citywall.console.control.ControlErrorCode;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup for trial, beside it, and measures: how long it takes until a server could
 * start on it (RTO, without the time of the search index, which is built while it serves), and what
 * the folder it was made of has since (RPO).
 *
 * @param root data folder that the backup was made of
 * @param wrapper opens the data keys of sealed payloads; null where keys are not at hand
 */
public record RestoreTrial(
    Path root, @Nullable KeyWrapper wrapper, Clock clock, Progress progress) {

  private static final List<String> COUNTED = List.of("account", "incident", "alert");

  /**
   * What was measured.
   *
   * @param rto from the first byte read to everything open
   * @param opening time to open log and state, part of it
   * @param rows rows of the state that were counted, by table; empty where the backup has no state
   * @param rpoEntries entries in the folder that the backup lacks
   * @param rpo from the last entry of the backup to the last one of the folder; null where one of
   *     them is empty
   * @param recordedAt leaf of the entry that tells of the trial, or null where no server runs
   */
  public record Measured(
      RestoreReport restored,
      Duration rto,
      Duration opening,
      Map<String, Long> rows,
      long rpoEntries,
      @Nullable Duration rpo,
      @Nullable Long recordedAt) {

    /** Whether the backup is proved to be a prefix of the folder's log. */
    public boolean prefixProved() {
      return restored.comparisons().stream()
          .allMatch(
              found ->
                  found instanceof Comparison.Continues
                      || found instanceof Comparison.RolledBack behind && behind.proved());
    }
  }

  /** Tries; fails as {@link Restore#run} does, and leaves nothing behind in any case. */
  public Measured run(Path file, Optional<Sensitive<char[]>> passphrase, boolean unsigned) {
    LogFormat format = LogFormat.of(root);
    RestoreOptions options =
        new RestoreOptions(
            passphrase,
            format.periods().stream().map(LogFormat.KeyPeriod::key).toList(),
            Optional.ofNullable(wrapper),
            unsigned,
            format.trees().stream().map(tree -> PublishedTree.ofData(root, tree).folder()).toList(),
            true);
    long start = System.nanoTime();
    try (TrialFolder folder = TrialFolder.beside(file)) {
      Path data = folder.path().resolve("data");
      RestoreReport report = new Restore(options, clock, progress).run(file, data);
      long opening = System.nanoTime();
      Map<String, Long> rows = open(data, report.backup());
      long end = System.nanoTime();
      return measured(report, Duration.ofNanos(end - start), Duration.ofNanos(end - opening), rows);
    }
  }

  private static Map<String, Long> open(Path data, BackupManifest manifest) {
    Map<String, Long> rows = new LinkedHashMap<>();
    try (LogReader log = EvidenceLogs.openUnsealed(data)) {
      long size = log.size();
      if (Files.isDirectory(data.resolve("state"))
          && manifest.state().equals(BackupManifest.STATE_INCLUDED)) {
        try (StateStore store =
            StateStore.open(new StateDatabase.Embedded(data.resolve("state")))) {
          StateChanges.requireSameLog(store, size);
          for (String table : COUNTED) {
            rows.put(table, count(store, table));
          }
        }
      }
    }
    return rows;
  }

  private static long count(StateStore store, String table) {
    return store.read(jdbc -> jdbc.sql("select count(*) from " + table).query(Long.class).single());
  }

  private Measured measured(
      RestoreReport report, Duration rto, Duration opening, Map<String, Long> rows) {
    BackupManifest manifest = report.backup();
    long missing;
    Duration rpo = null;
    try (LogReader log = EvidenceLogs.openUnsealed(root)) {
      long size = log.size();
      missing = Math.max(0, size - manifest.entries());
      Instant before = manifest.newestEntry();
      if (size > 0 && before != null) {
        Duration since = Duration.between(before, log.read(size - 1).event().received());
        rpo = missing == 0 || since.isNegative() ? Duration.ZERO : since;
      }
    }
    Measured measured = new Measured(report, rto, opening, rows, missing, rpo, null);
    return new Measured(report, rto, opening, rows, missing, rpo, record(measured).orElse(null));
  }

  private Optional<Long> record(Measured measured) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("what", "tested");
    facts.put("sums", measured.restored().sums().hex());
    facts.put("entries", measured.restored().backup().entries());
    facts.put("verdict", measured.restored().verification().verdict().name());
    facts.put("prefix.proved", measured.prefixProved());
    facts.put("rto.millis", measured.rto().toMillis());
    facts.put("rpo.entries", measured.rpoEntries());
    Duration rpo = measured.rpo();
    if (rpo != null) {
      facts.put("rpo.millis", rpo.toMillis());
    }
    try {
      Map<String, Object> answer =
          new ControlClient(root.resolve("run").resolve("control.sock"))
              .send(OnlineBackup.RECORD, facts);
      return Optional.of(Long.parseLong(String.valueOf(answer.get("leaf"))));
    } catch (PlatformException e) {
      if (e.code() == ControlErrorCode.NOT_RUNNING) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
