// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.platform;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.compliance.collect.Uncollectable;

/** What the platform tells of itself; what it cannot tell is empty, which is no pass. */
public interface PlatformFacts {

  /** How it collects and keeps logs. */
  Optional<LogState> logs() throws Uncollectable;

  /** How it protects a database. */
  Optional<MaskingState> masking() throws Uncollectable;

  /**
   * What people write down: backups, drills, training, terms of vendors. A register that nobody
   * keeps is not there.
   */
  Map<Register, List<Record>> registers() throws Uncollectable;

  /** Kinds of registers. */
  enum Register {
    BACKUP,
    RESTORE_TEST,
    VERIFICATION,
    DRILL,
    TRAINING,
    VENDOR_TERMS,
    POLICY_REVIEW,
    ACCOUNT_REVIEW,
    ASSESSMENT,
    FILING,
    CONFIGURATION_BACKUP,
    INVENTORY
  }

  /**
   * Logs.
   *
   * @param retentionDays for which payloads are kept
   * @param detecting whether rules run over what comes in
   */
  record LogState(List<SourceState> sources, int retentionDays, boolean detecting) {
    public LogState {
      sources = List.copyOf(sources);
    }
  }

  /**
   * A source of logs.
   *
   * @param silent longer than it may be
   * @param gaps in the numbers that its hosts send
   * @param rejects records that were not understood
   */
  record SourceState(String name, boolean silent, long gaps, long rejects) {}

  /**
   * The masking proxy before a database.
   *
   * @param enforcing it masks, and does not only watch
   * @param tables that the database has
   * @param uncatalogued tables and columns that the catalogue lacks
   * @param unprotected classified columns for which no mask is decided
   */
  record MaskingState(
      boolean enforcing, int tables, List<String> uncatalogued, List<String> unprotected) {
    public MaskingState {
      uncatalogued = List.copyOf(uncatalogued);
      unprotected = List.copyOf(unprotected);
    }
  }

  /**
   * A line of a register.
   *
   * @param what for people
   * @param good whether it came out as it should
   * @param until the last day on which it counts; empty where it has no end
   */
  record Record(LocalDate date, String what, boolean good, Optional<LocalDate> until) {}
}
