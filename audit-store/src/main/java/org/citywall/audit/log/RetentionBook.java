// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Micros;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionStatement;

/**
 * Reads the statements about retention out of the log, as far as it goes. Which leaves they have is
 * kept in a file beside the log, so that no restart reads the whole log again. Safe for use by
 * several threads.
 */
final class RetentionBook {

  private static final int BATCH = 1024;
  private static final int HEADER = 16;

  private final Path file;
  private final Disk disk;
  private final Segments segments;
  private final OpenedKeys keys;
  private final RetentionLedger ledger = new RetentionLedger();
  private final List<Long> leaves = new ArrayList<>();
  private long next;
  private long stored = -1;
  private volatile boolean stopped;

  RetentionBook(Path file, Disk disk, Segments segments, OpenedKeys keys) {
    this.file = file;
    this.disk = disk;
    this.segments = segments;
    this.keys = keys;
  }

  /** What the statements before leaf {@code size} add up to. */
  synchronized RetentionLedger upTo(long size) {
    if (stored < 0) {
      begin(size);
    }
    while (next < size) {
      if (stopped) {
        throw new PlatformException(AuditErrorCode.LOG_CLOSED, "statements of retention");
      }
      for (StoredRecord record : segments.read(next, BATCH, size)) {
        take(record);
        next = record.leaf() + 1;
      }
    }
    return ledger;
  }

  private void take(StoredRecord record) {
    // What is sealed is none: everybody has to be able to read it.
    if (record.key() == 0 && Envelope.decode(record.envelope()).kind() == EntryKind.RETENTION) {
      LoggedEntry entry = record.open(keys);
      RetentionStatement.of(entry.kind(), entry.event())
          .ifPresent(
              statement -> {
                leaves.add(entry.leaf());
                ledger.accept(
                    entry.leaf(), Micros.toInstant(entry.event().receivedMicros()), statement);
              });
    }
  }

  private void begin(long size) {
    stored = 0;
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      if (in.limit() < HEADER
          || in.getInt(0) != RecordFormat.crc(in, 4, in.limit() - 4)
          || in.getLong(4) > size) {
        return;
      }
      for (in.position(HEADER - 4); in.remaining() >= Long.BYTES; ) {
        segments.read(in.getLong(), 1, size).forEach(this::take);
      }
      next = in.getLong(4);
      stored = next;
    } catch (NoSuchFileException e) {
      // The first time, or derived files were removed: the log is read from its beginning.
      stored = 0;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "statements of retention", e);
    }
  }

  /** Ends a reading that is going on; every later one that would have to read fails. */
  void stop() {
    stopped = true;
  }

  /** Stores how far it was read. */
  synchronized void store() throws IOException {
    if (next == 0 || next == stored) {
      return;
    }
    ByteBuffer out = ByteBuffer.allocate(HEADER - 4 + Long.BYTES * leaves.size());
    out.putInt(0).putLong(next);
    leaves.forEach(out::putLong);
    out.putInt(0, RecordFormat.crc(out, 4, out.capacity() - 4));
    disk.replace(file, out.array(), false);
    stored = next;
  }
}
