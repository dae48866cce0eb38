// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.backup.Backup;
import org.citywall.audit.backup.BackupManifest;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogHold;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.control.ControlClient;
import org.citywall.console.control.ControlErrorCode;

/**
 * Backs up a data folder: beside the server that runs on it, or alone while none does.
 *
 * @param root the data folder
 * @param program version that the manifest names
 * @param cold signs where no server runs; nothing where the keys are not at hand
 */
public record DataBackup(
    Path root, String program, Backup.Signer cold, Clock clock, SecureRandom random) {

  private static final String POSTGRESQL =
      "in PostgreSQL: restore the pg_dump that was taken before this backup";

  /**
   * What was made.
   *
   * @param note what people should know about it beyond the manifest; empty where nothing
   */
  public record Made(BackupManifest manifest, Backup.Written written, String note) {}

  /** Writes a backup to a file that is not there yet; fails as {@link Backup#write} does. */
  public Made write(Path to, Optional<Sensitive<char[]>> passphrase, boolean keys) {
    if (keys && passphrase.isEmpty()) {
      throw new PlatformException(AuditErrorCode.BACKUP_KEYS_OPEN, "no passphrase was given");
    }
    try (BackupParts parts = new BackupParts(root)) {
      Optional<LogHold> hold = hold();
      if (hold.isEmpty()) {
        return beside(parts, to, passphrase, keys);
      }
      try (LogHold held = hold.get()) {
        return alone(parts, to, passphrase, keys);
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.BACKUP_FAILED, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<LogHold> hold() {
    try {
      return Optional.of(LogHold.of(root));
    } catch (PlatformException e) {
      if (e.code() == AuditErrorCode.LOG_LOCKED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ControlClient server() {
    return new ControlClient(root.resolve("run").resolve("control.sock"));
  }

  private Made beside(
      BackupParts parts, Path to, Optional<Sensitive<char[]>> passphrase, boolean keys)
      throws IOException {
    Instant now = clock.instant();
    parts.addSpool();
    parts.addOthers();
    parts.addKeys(keys);
    Object state = server().send(OnlineBackup.BEGIN, Map.of()).get("state");
    if (state != null) {
      parts.addState(Path.of(state.toString()));
    }
    LogSnapshot log = LogSnapshot.signed(root);
    parts.addLog(log);
    BackupManifest manifest =
        manifest(
            now,
            true,
            log,
            state != null ? BackupManifest.STATE_INCLUDED : POSTGRESQL,
            keys,
            parts);
    Backup.Written written =
        new Backup(random).write(to, manifest, parts.members(), passphrase, this::signed);
    return new Made(manifest, written, recorded(manifest, written));
  }

  private Optional<String> signed(Hash sums) {
    Object note = server().send(OnlineBackup.SIGN, Map.of("sums", sums.hex())).get("note");
    return Optional.of(String.valueOf(note));
  }

  /** The file is whole by now: that the server cannot record it any more does not undo it. */
  private String recorded(BackupManifest manifest, Backup.Written written) {
    try {
      server()
          .send(
              OnlineBackup.RECORD,
              Map.of(
                  "what", "made",
                  "sums", written.sums().hex(),
                  "entries", manifest.entries(),
                  "bytes", written.bytes(),
                  "keys", manifest.keys(),
                  "encrypted", written.encrypted()));
      return "";
    } catch (PlatformException e) {
      if (e.code() instanceof ControlErrorCode) {
        return "the server could not record that the backup was made";
      }
      throw e;
    }
  }

  private Made alone(
      BackupParts parts, Path to, Optional<Sensitive<char[]>> passphrase, boolean keys)
      throws IOException {
    Instant now = clock.instant();
    parts.addSpool();
    parts.addOthers();
    parts.addKeys(keys);
    boolean state = parts.addState();
    LogSnapshot log = LogSnapshot.whole(root);
    parts.addLog(log);
    BackupManifest manifest =
        manifest(
            now,
            false,
            log,
            state ? BackupManifest.STATE_INCLUDED : BackupManifest.STATE_NONE,
            keys,
            parts);
    Backup.Written written =
        new Backup(random).write(to, manifest, parts.members(), passphrase, cold);
    return new Made(manifest, written, "no server runs, so the log does not tell of this backup");
  }

  private BackupManifest manifest(
      Instant now,
      boolean running,
      LogSnapshot log,
      String state,
      boolean keys,
      BackupParts parts) {
    List<String> needed = new ArrayList<>();
    if (!keys) {
      needed.add(
          "keys/ of the data folder: without it the log is read and verified, not continued");
    }
    needed.add("the passphrase of keys/vault.p12 where it is not kept in keys/passphrase");
    if (state.equals(POSTGRESQL)) {
      needed.add("the pg_dump of the state database that was taken before this backup");
    }
    return new BackupManifest(
        BackupManifest.FORMAT,
        program,
        now,
        running,
        log.checkpoint().origin(),
        log.key().toString(),
        log.checkpoint().note(),
        log.checkpoint().size(),
        log.entries(),
        log.newest(),
        state,
        keys,
        needed,
        parts.leftOut(),
        Backup.listed(parts.members()));
  }
}
