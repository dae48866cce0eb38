// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * Makes everything that is derived: trees, offsets, published checkpoints. Fails with {@code
   * AUD-0013} where the records are not what the last checkpoints signed.
   *
   * @return the last checkpoints
   */
  public CheckpointPair derive() {
    try {
      CheckpointPair signed = StoredCheckpoints.read(folder).last();
      SegmentRecovery.Found found = new SegmentRecovery(folder, Disk.REAL).recover(signed.size());
      found.file().close();
      List<TreeHash> trees = FormatFile.read(folder).trees();
      growTrees(found.segments(), trees, signed);
      try (DurableMark mark = new DurableMark(folder.durable())) {
        mark.set(found.segments().active().nextLeaf());
      }
      for (TreeHash tree : trees) {
        publish(tree, signed.of(tree));
      }
      return signed;
    } catch (IOException e) {
      throw failed("derived files", e);
    }
  }

  private void publish(TreeHash tree, Optional<Checkpoint> signed) throws IOException {
    if (signed.isPresent()) {
      byte[] note = signed.get().note().getBytes(StandardCharsets.UTF_8);
      Disk.REAL.replace(folder.checkpoint(tree), note, true);
    }
  }

  private void growTrees(Segments segments, List<TreeHash> hashes, CheckpointPair signed)
      throws IOException {
    List<LogTree> trees = new ArrayList<>();
    for (TreeHash hash : hashes) {
      Files.createDirectories(folder.tiles(hash));
      trees.add(new LogTree(new TreeEdge(hash), new TileFiles(folder, hash, Disk.REAL)));
    }
    List<TreeHasher> hashers = hashes.stream().map(TreeHash::hasher).toList();
    byte[] hash = new byte[Hash.BYTES];
    long size = segments.active().nextLeaf();
    requireRoots(trees, signed);
    for (long next = 0; next < size; ) {
      long end = next < signed.size() ? signed.size() : size;
      for (StoredRecord entry : segments.read(next, BATCH, end)) {
        for (int i = 0; i < trees.size(); i++) {
          hashers.get(i).leaf(entry.envelope(), hash, 0);
          trees.get(i).edge().append(hash, 0);
        }
        next++;
      }
      for (LogTree tree : trees) {
        tree.storeFilled();
      }
      if (next == signed.size()) {
        requireRoots(trees, signed);
        for (LogTree tree : trees) {
          tree.storePartials();
        }
      }
    }
  }

  private static void requireRoots(List<LogTree> trees, CheckpointPair signed) {
    trees.forEach(tree -> signed.of(tree.hash()).ifPresent(tree::requireRoot));
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
