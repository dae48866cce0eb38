// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;

/**
 * A copy of the published tree, its checkpoints and its anchors in a folder that an administrator
 * mounts as write-once storage (see the package documentation). Nothing in it is ever written
 * again; a log that does not continue what it holds is refused with {@code AUD-0061}. Used by one
 * thread.
 */
final class EvidenceCopy {

  private static final int WIDTH = 256;
  private static final String CHECKPOINTS = "checkpoints";
  private static final String TLOG = "tlog";

  private final Path dataDir;
  private final KeysBySize keys;
  private final boolean segments;
  private final KeptFiles kept;
  private final PublishedTree from;
  private final PublishedTree to;

  EvidenceCopy(Path target, Path dataDir, boolean segments) {
    this.dataDir = dataDir;
    this.keys = KeysBySize.statedBy(dataDir, TreeHash.SHA_256);
    this.segments = segments;
    this.kept = new KeptFiles(target);
    this.from = PublishedTree.ofData(dataDir, TreeHash.SHA_256);
    this.to = new PublishedTree(target.resolve(TLOG), TreeHash.SHA_256);
  }

  /** Brings the copy up to this checkpoint. */
  void update(Checkpoint checkpoint) {
    copyKeys();
    Optional<Checkpoint> newest = newest();
    newest.ifPresent(copied -> requireContinued(copied, checkpoint));
    copyTiles(newest.map(Checkpoint::size).orElse(0L), checkpoint);
    // Last, so that a checkpoint in the copy stands for a tree that is there as a whole.
    kept.keep(
        CHECKPOINTS + "/" + AnchorStore.name(checkpoint),
        checkpoint.note().getBytes(StandardCharsets.UTF_8));
    copyAnchors();
    if (segments) {
      copySegments();
    }
  }

  private void copyKeys() {
    for (LogFormat.KeyPeriod period : LogFormat.of(dataDir).chain(TreeHash.SHA_256)) {
      String name =
          period.leaf() == LogFormat.KeyPeriod.FIRST
              ? "key"
              : String.format(Locale.ROOT, "key-%020d", period.leaf());
      kept.keep(name, (period.key() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private Optional<Checkpoint> newest() {
    List<String> names = kept.list(CHECKPOINTS);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    byte[] note = kept.read(CHECKPOINTS + "/" + names.getLast());
    return Optional.of(keys.verified(new String(note, StandardCharsets.UTF_8)));
  }

  private void requireContinued(Checkpoint copied, Checkpoint checkpoint) {
    if (copied.size() > checkpoint.size()) {
      throw contradicted(
          "it has a tree of size " + copied.size() + ", the log one of " + checkpoint.size());
    }
    if (!from.continues(copied, checkpoint)) {
      throw contradicted("the log does not continue its tree of size " + copied.size());
    }
  }

  private void copyTiles(long oldSize, Checkpoint checkpoint) {
    long size = checkpoint.size();
    List<Long> firstNew = new ArrayList<>();
    for (int level = 0; size >>> 8 * level > 0; level++) {
      long hashes = size >>> 8 * level;
      long full = hashes / WIDTH;
      long first = (oldSize >>> 8 * level) / WIDTH;
      firstNew.add(first);
      for (long number = first; number < full; number++) {
        copyTile(level, number, WIDTH);
      }
      if (hashes % WIDTH > 0) {
        copyTile(level, full, (int) (hashes % WIDTH));
      }
      if (level == 7) {
        break;
      }
    }
    requireWhole(firstNew, checkpoint);
  }

  private void copyTile(int level, long number, int width) {
    kept.keep(
        TLOG + "/tile/" + PublishedTree.tilePath(level, number, width),
        from.tile(level, number, width));
  }

  /**
   * What was copied must be the signed tree: each full tile under its parent, all under the root.
   */
  private void requireWhole(List<Long> firstNew, Checkpoint checkpoint) {
    for (int level = 0; level + 1 < firstNew.size(); level++) {
      long parents = checkpoint.size() >>> 8 * (level + 1);
      for (long number = firstNew.get(level); number < parents; number++) {
        long parent = number / WIDTH;
        int width = (int) Math.min(WIDTH, parents - parent * WIDTH);
        byte[] above = to.tile(level + 1, parent, width);
        int at = (int) (number % WIDTH) * Hash.BYTES;
        Hash expected = Hash.of(Arrays.copyOfRange(above, at, at + Hash.BYTES));
        if (!rootOf(to.tile(level, number, WIDTH)).equals(expected)) {
          throw contradicted(
              "tile " + PublishedTree.tilePath(level, number, WIDTH) + " is not whole");
        }
      }
    }
    if (!to.root(checkpoint.size()).equals(checkpoint.root())) {
      throw contradicted("its tiles do not have the signed root");
    }
  }

  private static Hash rootOf(byte[] tile) {
    Hash[] hashes = new Hash[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      hashes[i] = Hash.of(Arrays.copyOfRange(tile, i * Hash.BYTES, (i + 1) * Hash.BYTES));
    }
    for (int width = WIDTH; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        hashes[i] = Merkle.nodeHash(hashes[2 * i], hashes[2 * i + 1]);
      }
    }
    return hashes[0];
  }

  private void copyAnchors() {
    AnchorStore store = new AnchorStore(dataDir);
    for (String name : store.names()) {
      List<String> files = new ArrayList<>(store.files(name));
      files.addAll(store.queries(name));
      files.add(AnchorStore.CHECKPOINT);
      for (String file : files) {
        String copied = "anchors/" + name + "/" + file;
        if (!kept.has(copied)) {
          store.read(name, file).ifPresent(bytes -> kept.keep(copied, bytes));
        }
      }
    }
  }

  /** Segments but the last, which still grows. */
  private void copySegments() {
    Path folder = dataDir.resolve("log").resolve("segment");
    List<Path> closed;
    try (Stream<Path> files = Files.list(folder)) {
      closed = files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "segments", e);
    }
    for (Path file : closed.subList(0, Math.max(0, closed.size() - 1))) {
      kept.keep("segment/" + file.getFileName(), file);
    }
  }

  private static PlatformException contradicted(String what) {
    return new PlatformException(AuditErrorCode.ANCHOR_CONTRADICTED, "the copy: " + what);
  }
}
