// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.time.Duration;
import java.util.List;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.jspecify.annotations.Nullable;

/** What a log is, compared with a checkpoint that its key signed and somebody kept elsewhere. */
public sealed interface Comparison {

  /** The checkpoint that was kept. */
  Checkpoint expected();

  /**
   * The log holds everything that was signed then.
   *
   * @param more entries that were signed since
   */
  record Continues(Checkpoint expected, long more) implements Comparison {}

  /**
   * Entries that were signed are not in the log.
   *
   * @param kept leaves that are left: those before this one
   * @param missing how many entries are missing
   * @param span from the last checkpoint of what is left to the expected one; null where a time is
   *     not signed
   * @param restoredAt leaf of the entry that tells of the restore, or {@link Finding#NONE} where
   *     the log has not gone on since
   * @param proof consistency proof from {@code kept} to the expected checkpoint, which shows that
   *     what is left is a prefix of what was signed; null where nothing to prove it with was kept
   */
  record RolledBack(
      Checkpoint expected,
      long kept,
      long missing,
      @Nullable Duration span,
      long restoredAt,
      @Nullable List<Hash> proof)
      implements Comparison {

    /** Whether it is proved that what is left is what was signed. */
    public boolean proved() {
      return proof != null;
    }
  }

  /**
   * The log is not what was signed, and no entry tells of a restore that would explain it.
   *
   * @param reason for people
   */
  record Forked(Checkpoint expected, String reason) implements Comparison {}

  /** One sentence for people. */
  default String explanation() {
    return switch (this) {
      case Continues found ->
          "the log continues the checkpoint of "
              + found.expected.size()
              + " entries; "
              + found.more
              + " more are signed";
      case RolledBack found -> rolledBack(found);
      case Forked found -> "the log is a fork: " + found.reason;
    };
  }

  private static String rolledBack(RolledBack found) {
    return (found.proved()
            ? "the log is a prefix of the signed log, proved by consistency: "
            : "the log ends before the signed log does: ")
        + found.missing
        + " entries ("
        + (found.span == null ? "time unknown" : found.span.toSeconds() + " seconds")
        + ") from leaf "
        + found.kept
        + " on are missing"
        + (found.restoredAt == Finding.NONE
            ? ""
            : "; the restore is recorded at leaf " + found.restoredAt)
        + (found.proved() ? "" : "; that the rest is a prefix is not proved: no proof was kept");
  }
}
