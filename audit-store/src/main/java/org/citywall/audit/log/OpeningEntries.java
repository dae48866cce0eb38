// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;

/**
 * Entries that wait in a file for the next writer of the log, who appends them before all others.
 * They are identified by their position, so that a crash between append and removal makes no second
 * one. Used by whoever holds the lock of the log.
 */
final class OpeningEntries {

  private final Path file;

  OpeningEntries(Path file) {
    this.file = file;
  }

  /** Adds an entry behind those that wait already. */
  void add(Entry entry, Disk disk) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    byte[] event = entry.event().encode();
    ByteBuffer all = ByteBuffer.allocate(before.length + 5 + event.length).put(before);
    all.putInt(event.length).put((byte) entry.kind().code()).put(event);
    disk.replace(file, all.array(), true);
  }

  /** Appends what waits; the file is gone once that is durable. */
  void appendTo(EvidenceLog log) throws IOException {
    List<Entry> waiting = read();
    if (!waiting.isEmpty()) {
      log.appendOpen(waiting);
      Files.deleteIfExists(file);
      Disk.REAL.syncFolder(file.resolveSibling(""));
    }
  }

  private List<Entry> read() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      while (in.hasRemaining()) {
        byte[] event = new byte[Math.clamp(in.getInt(), 0, in.remaining())];
        EntryKind kind = EntryKind.ofCode(in.get());
        in.get(event);
        entries.add(new Entry(kind, Event.decode(event)));
      }
      return entries;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (BufferUnderflowException | IllegalArgumentException | PlatformException e) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "the entry about the restore is damaged", e);
    }
  }
}
