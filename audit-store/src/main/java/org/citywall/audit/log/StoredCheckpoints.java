// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * The end of the stored history of checkpoints, read while another process may append to it.
 *
 * @param lastFile the file that holds the last whole checkpoint
 * @param lastLength where it ends there
 */
record StoredCheckpoints(CheckpointPair last, Path lastFile, long lastLength) {

  /**
   * {@code AUD-0018} where none is stored yet, {@code AUD-0021} where the keys of its size did not
   * sign it.
   */
  static StoredCheckpoints read(LogFolder folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder.history())) {
      files = found.filter(f -> f.getFileName().toString().endsWith(".notes")).sorted().toList();
    }
    for (Path file : files.reversed()) {
      StoredCheckpoints end = endOf(file, folder);
      // A file that was just begun holds none yet.
      if (end != null) {
        return end;
      }
    }
    throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "nothing is signed yet");
  }

  /** Whether this is a file of the history that was begun after the last checkpoint. */
  boolean isBehind(Path file) {
    return file.startsWith(lastFile.resolveSibling("")) && file.compareTo(lastFile) > 0;
  }

  private static @Nullable StoredCheckpoints endOf(Path file, LogFolder folder) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    int at = 0;
    int last = -1;
    for (int length = CheckpointFrame.lengthAt(in, 0);
        length > 0;
        length = CheckpointFrame.lengthAt(in, at)) {
      last = at;
      at += length;
    }
    if (last < 0) {
      return null;
    }
    // A writer states a key before it signs with it: what was signed is stated by now.
    LogFormat format = FormatFile.read(folder);
    return new StoredCheckpoints(pair(CheckpointFrame.notesAt(in, last), format), file, at);
  }

  private static CheckpointPair pair(List<String> notes, LogFormat format) {
    if (notes.size() > format.trees().size()) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the log has a checkpoint of a tree that it does not state");
    }
    Checkpoint sha256 = verified(notes.getFirst(), TreeHash.SHA_256, format);
    Checkpoint sm3 = notes.size() == 1 ? null : verified(notes.getLast(), TreeHash.SM3, format);
    if (sm3 != null && sm3.size() != sha256.size()) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the last checkpoint's notes are of different sizes");
    }
    return new CheckpointPair(sha256, sm3);
  }

  private static Checkpoint verified(String note, TreeHash tree, LogFormat format) {
    KeysBySize keys = size -> format.keyAt(tree, size);
    return keys.verified(note);
  }
}
