// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Every checkpoint that was ever signed, in files of frames. Used by one thread. */
final class CheckpointHistory implements AutoCloseable {

  private static final long FILE_BYTES = 64 << 20;

  private final Path folder;
  private final Disk disk;
  private int number;
  private Disk.AppendFile file;
  private long end;
  private List<String> last = List.of();

  private CheckpointHistory(Path folder, Disk disk, int number, Disk.AppendFile file) {
    this.folder = folder;
    this.disk = disk;
    this.number = number;
    this.file = file;
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "%08d.notes", number);
  }

  /** Opens the history and cuts an unfinished frame from its end. */
  static CheckpointHistory open(Path folder, Disk disk) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(f -> f.getFileName().toString().endsWith(".notes")).sorted().toList();
    }
    for (int i = 0; i < files.size(); i++) {
      if (!files.get(i).getFileName().toString().equals(name(i))) {
        throw new PlatformException(
            AuditErrorCode.LOG_CORRUPT, "checkpoint file " + name(i) + " is missing");
      }
    }
    int number = Math.max(0, files.size() - 1);
    CheckpointHistory history =
        new CheckpointHistory(folder, disk, number, disk.append(folder.resolve(name(number))));
    history.recover();
    disk.syncFolder(folder);
    return history;
  }

  private void recover() throws IOException {
    for (int i = Math.max(0, number - 1); i <= number; i++) {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name(i))));
      int length = CheckpointFrame.lengthAt(in, 0);
      int at = 0;
      while (length > 0) {
        last = CheckpointFrame.notesAt(in, at);
        at += length;
        length = CheckpointFrame.lengthAt(in, at);
      }
      if (i < number && at < in.limit() || !isTornTail(in, at)) {
        throw new PlatformException(
            AuditErrorCode.LOG_CORRUPT, "checkpoint file " + name(i) + " is damaged at " + at);
      }
      end = at;
    }
    if (file.size() > end) {
      file.truncate(end);
      file.force();
    }
  }

  /** Whether a write that was cut short explains these bytes: no frame stands behind them. */
  private static boolean isTornTail(ByteBuffer in, int end) {
    if (in.limit() - end > CheckpointFrame.HEADER + CheckpointFrame.MAX_CONTENT) {
      return false;
    }
    for (int at = end + 1; at < in.limit(); at++) {
      if (CheckpointFrame.lengthAt(in, at) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Notes of the last checkpoint, that of SHA-256 first; empty where none was signed yet. */
  List<String> last() {
    return last;
  }

  /** Returns when both notes are durable; after a failure the history is as before. */
  void append(CheckpointPair pair) throws IOException {
    ByteBuffer frame = CheckpointFrame.encode(pair);
    if (file.size() != end) {
      file.truncate(end);
    }
    if (end + frame.limit() > FILE_BYTES) {
      Disk.AppendFile next = disk.append(folder.resolve(name(number + 1)));
      next.truncate(0);
      disk.syncFolder(folder);
      file.close();
      file = next;
      number++;
      end = 0;
    }
    file.append(frame);
    file.force();
    end += frame.limit();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
