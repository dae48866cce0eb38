// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.index.lucene.IndexComparison;
import org.citywall.audit.index.lucene.IndexComparison.Difference;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.verify.Completeness;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.log.verify.VerificationReport;

/** Whether searches answer what the log says: the index against the log, both ways. */
final class IndexVerification {

  private static final String FILE = "index";

  private IndexVerification() {}

  static VerificationReport of(Path data, Progress progress) {
    try (LogReader log = LogAccess.reading(data)) {
      IndexComparison.Result result =
          IndexComparison.compare(
              new DataFolder(data).index(), log, new SecureRandom(), progress::at);
      Optional<Checkpoint> last = log.checkpoint();
      return new VerificationReport(
          "index",
          verdict(result),
          EvidenceLogs.statedKey(data).name(),
          EvidenceLogs.statedKey(data).toString(),
          null,
          result.compared(),
          0,
          0,
          0,
          last.map(Checkpoint::size).orElse(0L),
          last.map(checkpoint -> checkpoint.root().hex()).orElse(null),
          null,
          null,
          last.isPresent() ? 1 : 0,
          Completeness.UNKNOWN,
          findings(result, log.size()),
          result.more(),
          null);
    }
  }

  private static Verdict verdict(IndexComparison.Result result) {
    return result.differences().isEmpty() ? Verdict.INTACT : Verdict.TAMPERED;
  }

  private static List<Finding> findings(IndexComparison.Result result, long size) {
    List<Finding> findings = new ArrayList<>();
    result.differences().forEach(difference -> findings.add(finding(difference)));
    if (result.asOf() < size) {
      findings.add(
          new Finding.Remark(
              FILE,
              result.asOf(),
              Finding.NONE,
              (size - result.asOf()) + " entries are not in the index's last commit yet"));
    }
    return findings;
  }

  private static Finding finding(Difference difference) {
    String leaves =
        difference.first() == difference.last()
            ? "the entry"
            : "each entry up to leaf " + difference.last();
    return switch (difference.kind()) {
      case MISSING ->
          new Finding.Missing(
              FILE, difference.first(), Finding.NONE, leaves + " is in the log and not here");
      case EXTRA ->
          new Finding.Altered(
              FILE, difference.first(), Finding.NONE, "there is a document that no entry has");
      case ALTERED ->
          new Finding.Altered(
              FILE, difference.first(), Finding.NONE, leaves + " says something else in the log");
      case REPEATED ->
          new Finding.Altered(
              FILE, difference.first(), Finding.NONE, leaves + " is here more than once");
    };
  }
}
