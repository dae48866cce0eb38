// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.backup.BackupManifest;
import org.citywall.audit.backup.RestoreReport;
import org.citywall.audit.log.verify.Comparison;
import org.citywall.console.backup.DataBackup;
import org.citywall.console.backup.RestoreTrial;
import org.jspecify.annotations.Nullable;

/** What backup and restore print, by name; times are in seconds. */
final class BackupFacts {

  private BackupFacts() {}

  static void put(DataBackup.Made made, Map<String, Object> facts) {
    facts.put("file", made.written().file().toString());
    facts.put("bytes", made.written().bytes());
    facts.put("backup", made.written().sums().hex());
    facts.put("signed", made.written().signed());
    facts.put("encrypted", made.written().encrypted());
    facts.put("running", made.manifest().running());
    put(made.manifest(), facts);
  }

  private static void put(BackupManifest manifest, Map<String, Object> facts) {
    facts.put("madeAt", manifest.madeAt().toString());
    facts.put("log", manifest.origin());
    facts.put("entries", manifest.entries());
    facts.put("signedEntries", manifest.signedEntries());
    facts.put("state", manifest.state());
    facts.put("keys", manifest.keys());
    facts.put("needed", manifest.needed());
    facts.put("leftOut", manifest.leftOut());
  }

  static void put(RestoreReport report, Map<String, Object> facts) {
    facts.put("backup", report.sums().hex());
    facts.put("signed", report.signed());
    put(report.backup(), facts);
    facts.put("key", report.verification().key());
    facts.put("verdict", report.verification().verdict().name().toLowerCase(Locale.ROOT));
    putPayloads(report, facts);
    facts.put("unpackSeconds", seconds(report.unpacking()));
    facts.put("deriveSeconds", seconds(report.deriving()));
    facts.put("verifySeconds", seconds(report.verifying()));
    List<String> compared = report.comparisons().stream().map(Comparison::explanation).toList();
    facts.put("compared", compared);
    for (Comparison comparison : report.comparisons()) {
      if (comparison instanceof Comparison.RolledBack behind) {
        put(behind, facts);
      }
    }
  }

  private static void put(Comparison.RolledBack behind, Map<String, Object> facts) {
    facts.put("missingEntries", behind.missing());
    if (behind.span() != null) {
      facts.put("missingSeconds", seconds(behind.span()));
    }
    facts.put("prefixProved", behind.proved());
    if (behind.proof() != null) {
      facts.put("proof", behind.proof().stream().map(hash -> hash.base64()).toList());
    }
  }

  static void put(RestoreTrial.Measured measured, Map<String, Object> facts) {
    facts.put("verdict", verdict(measured));
    facts.put("restoredEntries", measured.restored().backup().entries());
    putPayloads(measured.restored(), facts);
    facts.put("prefixProved", measured.prefixProved());
    facts.put("rtoSeconds", seconds(measured.rto()));
    facts.put("unpackSeconds", seconds(measured.restored().unpacking()));
    facts.put("deriveSeconds", seconds(measured.restored().deriving()));
    facts.put("verifySeconds", seconds(measured.restored().verifying()));
    facts.put("openSeconds", seconds(measured.opening()));
    facts.put("rpoEntries", measured.rpoEntries());
    putIfKnown("rpoSeconds", measured.rpo(), facts);
    measured.rows().forEach((table, rows) -> facts.put(table + "Rows", rows));
    facts.put("recordedAt", measured.recordedAt() == null ? "" : measured.recordedAt());
  }

  private static void putPayloads(RestoreReport report, Map<String, Object> facts) {
    facts.put("payloads", report.verification().payloads());
    facts.put("closedPayloads", report.verification().closedPayloads());
    facts.put("shreddedPayloads", report.verification().shreddedPayloads());
  }

  private static String verdict(RestoreTrial.Measured measured) {
    return measured.restored().verification().verdict().name().toLowerCase(Locale.ROOT);
  }

  private static void putIfKnown(
      String name, @Nullable Duration duration, Map<String, Object> facts) {
    if (duration != null) {
      facts.put(name, seconds(duration));
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
