// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * A log while it is put back from a copy of its durable files. Until {@link #finish} nobody can
 * open it ({@code AUD-0089}), also when the process is killed. Used by one thread; failures of the
 * disk are {@code AUD-0088}.
 */
public final class LogRestore implements AutoCloseable {

  private static final int BATCH = 1024;

  private final LogFolder folder;
  private final WriterLock lock;

  private LogRestore(LogFolder folder, WriterLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Begins with a data folder whose folder for the log is there and empty; {@code AUD-0010} where
   * somebody else has begun with it.
   */
  public static LogRestore begin(Path dataDir) {
    LogFolder folder = LogFolder.ofData(dataDir);
    try {
      WriterLock lock = WriterLock.take(folder.lock());
      try {
        if (Files.exists(folder.format())) {
          throw new PlatformException(AuditErrorCode.LOG_LOCKED, "a log is there already");
        }
        Disk.REAL.replace(
            folder.restoring(), "restore under way\n".getBytes(StandardCharsets.US_ASCII), true);
        Disk.REAL.syncFolder(dataDir);
        return new LogRestore(folder, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed("log folder", e);
    }
  }

  /**
   * Makes everything that is derived: tree, offsets, published checkpoint. Fails with {@code
   * AUD-0013} where the records are not what the last checkpoint signed.
   *
   * @return the last checkpoint
   */
  public Checkpoint derive() {
    try {
      Checkpoint signed = StoredCheckpoints.read(folder).last();
      SegmentRecovery.Found found = new SegmentRecovery(folder, Disk.REAL).recover(signed.size());
      found.file().close();
      growTree(found.segments(), signed);
      try (DurableMark mark = new DurableMark(folder.durable())) {
        mark.set(found.segments().active().nextLeaf());
      }
      Disk.REAL.replace(folder.checkpoint(), signed.note().getBytes(StandardCharsets.UTF_8), true);
      return signed;
    } catch (IOException e) {
      throw failed("derived files", e);
    }
  }

  private void growTree(Segments segments, Checkpoint signed) throws IOException {
    Files.createDirectories(folder.tiles());
    TileFiles tiles = new TileFiles(folder.tiles(), Disk.REAL);
    TreeEdge edge = new TreeEdge();
    long size = segments.active().nextLeaf();
    requireRoot(edge, signed);
    while (edge.size() < size) {
      long end = edge.size() < signed.size() ? signed.size() : size;
      for (StoredRecord entry : segments.read(edge.size(), BATCH, end)) {
        edge.append(Merkle.leafHash(entry.envelope()).bytes(), 0);
      }
      for (Tile tile = edge.filled().poll(); tile != null; tile = edge.filled().poll()) {
        tiles.writeFull(tile);
      }
      if (edge.size() == signed.size()) {
        requireRoot(edge, signed);
        tiles.writePartials(edge.partials());
      }
    }
  }

  private static void requireRoot(TreeEdge edge, Checkpoint signed) {
    if (edge.size() == signed.size() && !edge.root().equals(signed.root())) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT,
          "the records do not have the root that was signed at size " + signed.size());
    }
  }

  /**
   * Opens the log to the world. The next writer appends these entries before all others.
   *
   * @param opening what the log shall say about its restore
   */
  public void finish(List<Entry> opening) {
    try {
      OpeningEntries entries = new OpeningEntries(folder.opening());
      for (Entry entry : opening) {
        entries.add(entry, Disk.REAL);
      }
      Files.delete(folder.restoring());
      Disk.REAL.syncFolder(folder.root());
    } catch (IOException e) {
      throw failed("end of the restore", e);
    }
  }

  private static PlatformException failed(String what, IOException cause) {
    return new PlatformException(AuditErrorCode.RESTORE_FAILED, what, cause);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw failed("lock of the log", e);
    }
  }
}
