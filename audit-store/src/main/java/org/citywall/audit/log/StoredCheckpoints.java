// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
record StoredCheckpoints(Checkpoint last, Path lastFile, long lastLength) {

  /** {@code AUD-0018} where none is stored yet, {@code AUD-0021} where the key did not sign it. */
  static StoredCheckpoints read(LogFolder folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder.history())) {
      files = found.filter(f -> f.getFileName().toString().endsWith(".notes")).sorted().toList();
    }
    for (Path file : files.reversed()) {
      StoredCheckpoints end = endOf(file, FormatFile.read(folder));
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

  private static @Nullable StoredCheckpoints endOf(Path file, VerifierKey key) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    int at = 0;
    int last = -1;
    for (int length = CheckpointHistory.frameLength(in, 0);
        length > 0;
        length = CheckpointHistory.frameLength(in, at)) {
      last = at;
      at += length;
    }
    if (last < 0) {
      return null;
    }
    int start = last + CheckpointHistory.FRAME;
    String note = new String(in.array(), start, at - start, StandardCharsets.UTF_8);
    return new StoredCheckpoints(Checkpoint.verified(note, key), file, at);
  }
}
