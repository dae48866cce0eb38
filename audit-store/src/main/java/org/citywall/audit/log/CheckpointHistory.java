// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** Every checkpoint that was ever signed, in files of framed notes. Used by one thread. */
final class CheckpointHistory implements AutoCloseable {

  static final int FRAME = 8;
  static final int MAX_NOTE = 1 << 16;
  private static final long FILE_BYTES = 64 << 20;

  private final Path folder;
  private final Disk disk;
  private int number;
  private Disk.AppendFile file;
  private long end;
  private @Nullable String last;

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
      int length = frameLength(in, 0);
      int at = 0;
      while (length > 0) {
        last = new String(in.array(), at + FRAME, length - FRAME, StandardCharsets.UTF_8);
        at += length;
        length = frameLength(in, at);
      }
      if (in.limit() - at > FRAME + MAX_NOTE || i < number && at < in.limit()) {
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

  /** Length of the whole frame, or 0 where none stands. */
  static int frameLength(ByteBuffer in, int at) {
    if (in.limit() - at < FRAME) {
      return 0;
    }
    int length = in.getInt(at + 4);
    boolean fits = length > 0 && length <= MAX_NOTE && length <= in.limit() - at - FRAME;
    return fits && RecordFormat.crc(in, at + 4, 4 + length) == in.getInt(at) ? FRAME + length : 0;
  }

  Optional<String> last() {
    return Optional.ofNullable(last);
  }

  /** Returns when the note is durable; after a failure the history is as before. */
  void append(String note) throws IOException {
    byte[] bytes = note.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(FRAME + bytes.length);
    frame.putInt(0).putInt(bytes.length).put(bytes);
    frame.putInt(0, RecordFormat.crc(frame, 4, 4 + bytes.length)).flip();
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
    last = note;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
