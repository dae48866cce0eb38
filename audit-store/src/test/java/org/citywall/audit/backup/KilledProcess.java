// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.log.verify.Progress;

/** A process that backs up or restores again and again until it is killed, and tells of each. */
final class KilledProcess {

  private KilledProcess() {}

  /** Arguments: {@code backup DATA TARGETS} or {@code restore FILE TARGETS}. */
  public static void main(String[] arguments) {
    Path from = Path.of(arguments[1]);
    Path targets = Path.of(arguments[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    for (int i = 0; ; i++) {
      out.println("begin " + i);
      if (arguments[0].equals("backup")) {
        back(from, targets.resolve("backup-" + i));
      } else {
        new Restore(RestoreOptions.STRICT.acceptingUnsigned(), Clock.systemUTC(), Progress.SILENT)
            .run(from, targets.resolve("restore-" + i));
      }
      out.println("done " + i);
    }
  }

  private static void back(Path data, Path to) {
    LogSnapshot log = LogSnapshot.signed(data);
    List<BackupMember> members = BackupFixture.members(log);
    BackupManifest manifest =
        new BackupManifest(
            BackupManifest.FORMAT,
            "test",
            Clock.systemUTC().instant(),
            false,
            log.checkpoint().origin(),
            EvidenceLogs.statedKey(data).toString(),
            log.checkpoint().note(),
            log.checkpoint().size(),
            log.entries(),
            log.newest(),
            BackupManifest.STATE_NONE,
            false,
            List.of(),
            List.of(),
            Backup.listed(members));
    new Backup(new SecureRandom())
        .write(to, manifest, members, Optional.empty(), sums -> Optional.empty());
  }

  static Process start(String what, Path from, Path targets) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledProcess.class.getName(),
            what,
            from.toString(),
            targets.toString())
        .redirectError(targets.resolve("stderr.txt").toFile())
        .start();
  }
}
