// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.backup.Backup;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.Hash;
import org.citywall.console.control.ControlServer;
import org.citywall.console.state.StateChanges;

/**
 * The part of a backup that only a running server can do: copy its state, sign, and tell the log.
 * Making a copy of all data is an entry before any of it leaves.
 */
public final class OnlineBackup {

  static final String BEGIN = "backup-begin";
  static final String SIGN = "backup-sign";
  static final String RECORD = "backup-record";

  private static final String LEFTOVER = "backup-state-";

  private final StateChanges changes;
  private final EvidenceLog log;
  private final Backup.Signer signer;
  private final Path folder;
  private final ControlEntries entries;
  private long number;

  /**
   * @param folder for short-lived files of the server, which only its owner can use
   */
  public OnlineBackup(
      StateChanges changes, EvidenceLog log, Backup.Signer signer, Path folder, Clock clock) {
    this.changes = changes;
    this.log = log;
    this.signer = signer;
    this.folder = folder;
    this.entries = new ControlEntries(log, clock);
  }

  /** What to answer on the control socket, by command. */
  public Map<String, ControlServer.Handler> handlers() {
    return Map.of(BEGIN, arguments -> begin(), SIGN, this::sign, RECORD, this::record);
  }

  /** Copies the state and signs a checkpoint behind everything that the state knows. */
  private synchronized Map<String, Object> begin() {
    Path copy = folder.resolve(LEFTOVER + number++ + ".zip");
    try {
      removeLeftovers();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.BACKUP_FAILED, "an older copy of the state", e);
    }
    entries.append("backup-begun", "a backup of all data was begun", Map.of());
    boolean copied =
        changes.whileQuiet(
            () -> {
              boolean embedded = changes.store().backUp(copy);
              log.signCheckpoint();
              return embedded;
            });
    Map<String, Object> answer = new LinkedHashMap<>();
    if (copied) {
      answer.put("state", copy.toString());
    }
    return answer;
  }

  private void removeLeftovers() throws IOException {
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.filter(f -> f.getFileName().toString().startsWith(LEFTOVER)).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }

  /** Signs a list of digests, and nothing that could be taken for a checkpoint. */
  private Map<String, Object> sign(Map<String, Object> arguments) {
    Hash sums;
    try {
      sums = Hash.of(HexFormat.of().parseHex(String.valueOf(arguments.get("sums"))));
    } catch (IllegalArgumentException e) {
      throw new PlatformException(AuditErrorCode.BACKUP_FORMAT, "no digest to sign", e);
    }
    return Map.of(
        "note",
        signer
            .sign(sums)
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.BACKUP_UNTRUSTED, "the key of the log is not at hand")));
  }

  /** Records what came of a backup or of the trial of one. */
  private Map<String, Object> record(Map<String, Object> arguments) {
    Map<String, String> labels = new TreeMap<>();
    arguments.forEach((name, value) -> labels.put(name, String.valueOf(value)));
    labels.remove("command");
    String action = "tested".equals(labels.remove("what")) ? "backup-tested" : "backup-made";
    String message =
        action.equals("backup-tested")
            ? "a backup was restored and verified for trial"
            : "a backup of all data was made";
    return Map.of("leaf", entries.append(action, message, labels));
  }
}
