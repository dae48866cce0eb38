// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Merkle;
import org.jspecify.annotations.Nullable;

/** Reads every record, checks it by itself and folds its leaf into the tree. */
final class RecordCheck {

  private final Path root;
  private final Findings findings;
  private final TreeFold tree;
  private final TileCheck tiles;
  private final RootCheck roots;
  private final SourceOrder order;
  private final Progress progress;
  private final long acknowledged;
  private long leaf;
  private long checked;
  private long bytesRead;
  private long bytesTotal;

  RecordCheck(
      Path root,
      Findings findings,
      TileCheck tiles,
      RootCheck roots,
      long acknowledged,
      Progress progress) {
    this.root = root;
    this.findings = findings;
    this.tiles = tiles;
    this.tree = new TreeFold(tiles);
    this.roots = roots;
    this.order = new SourceOrder(findings);
    this.progress = progress;
    this.acknowledged = acknowledged;
  }

  /** Entries that were checked. */
  long checked() {
    return checked;
  }

  /** Leaf behind the last record. */
  long end() {
    return leaf;
  }

  void run() throws IOException {
    TreeMap<Long, Path> segments = segments();
    for (Path segment : segments.values()) {
      bytesTotal += Files.size(segment);
    }
    for (Map.Entry<Long, Path> segment : segments.entrySet()) {
      if (segment.getKey() < leaf) {
        findings.altered(name(segment.getValue()), leaf, -1, "the segment overlaps another");
        continue;
      }
      if (segment.getKey() > leaf) {
        missing("segment", segment.getKey());
      }
      Long next = segments.higherKey(segment.getKey());
      walk(segment.getValue(), next);
    }
    roots.at(tree);
    progress.at(bytesRead, bytesTotal);
  }

  private TreeMap<Long, Path> segments() throws IOException {
    TreeMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(root.resolve("segment"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        String name = file.getFileName().toString();
        if (name.matches("0[0-9]{19}\\.seg")) {
          segments.put(Long.parseLong(name.substring(0, 20)), file);
        } else if (!name.matches("0[0-9]{19}\\.idx(\\.tmp)?")) {
          findings.remark("segment/" + name, -1, -1, "this file does not belong here");
        }
      }
    }
    return segments;
  }

  private void walk(Path file, @Nullable Long next) throws IOException {
    List<Integer> offsets = new ArrayList<>();
    long first = leaf;
    try (SegmentWalk walk = new SegmentWalk(file)) {
      boolean fresh = next == null && leaf >= acknowledged && walk.fileSize() <= SegmentWalk.HEADER;
      if (!walk.headerIs(first)) {
        if (fresh) {
          findings.remark(name(file), leaf, 0, "a segment that was just being begun");
          return;
        }
        findings.altered(name(file), leaf, 0, "the header of the segment is damaged");
      }
      for (var state = walk.look(); state != SegmentWalk.State.END; state = walk.look()) {
        if (state == SegmentWalk.State.RECORD) {
          offsets.add((int) walk.position());
          record(file, walk.take());
        } else if (!past(file, walk, state, next)) {
          break;
        }
      }
      bytesRead += walk.fileSize();
      progress.at(bytesRead, bytesTotal);
    }
    if (next != null) {
      if (leaf < next) {
        missing(name(file), next);
      }
      offsetsOf(file, offsets);
    }
  }

  /** Reports what is no record; false where nothing behind it can be read. */
  private boolean past(Path file, SegmentWalk walk, SegmentWalk.State state, @Nullable Long next)
      throws IOException {
    long at = walk.position();
    boolean more = walk.skipDamage(leaf);
    if (!more && next == null && leaf >= acknowledged) {
      findings.remark(
          name(file),
          leaf,
          at,
          "an unfinished record that was never acknowledged stands at the end");
      return false;
    }
    if (state == SegmentWalk.State.CUT_SHORT && !more) {
      findings.missing(name(file), leaf, at, "the record is cut short");
    } else {
      findings.altered(name(file), leaf, at, "the record is damaged");
    }
    return more;
  }

  private void record(Path file, SegmentWalk.Stored stored) {
    if (stored.leaf() < leaf) {
      findings.altered(
          name(file), stored.leaf(), stored.position(), "a record out of order or twice");
      return;
    }
    if (stored.leaf() > leaf) {
      missing(name(file), stored.leaf());
    }
    check(file, stored);
    append(Merkle.leafHash(stored.envelope()).bytes());
    checked++;
    if ((checked & 0xFFFF) == 0) {
      progress.at(bytesRead + stored.position(), bytesTotal);
    }
  }

  private void check(Path file, SegmentWalk.Stored stored) {
    try {
      Envelope envelope = Envelope.decode(stored.envelope());
      if (!Envelope.commitment(stored.salt(), stored.payload()).equals(envelope.commitment())) {
        findings.altered(
            name(file),
            stored.leaf(),
            stored.position(),
            "the payload is not what was committed to");
        return;
      }
      Event event = Event.decode(stored.payload());
      if (!event.id().equals(envelope.id())
          || event.timestampMicros() != envelope.timestampMicros()
          || event.receivedMicros() != envelope.receivedMicros()
          || !event.position().equals(envelope.position())) {
        findings.altered(
            name(file), stored.leaf(), stored.position(), "envelope and payload disagree");
      }
      order.accept(name(file), stored.leaf(), envelope);
    } catch (PlatformException e) {
      findings.altered(
          name(file), stored.leaf(), stored.position(), String.valueOf(e.getMessage()));
    }
  }

  /** Names the leaves up to {@code to} as missing and takes their hashes from the tiles. */
  private void missing(String file, long to) {
    findings.missing(file, leaf, -1, "leaves " + leaf + " to " + (to - 1) + " cannot be read");
    while (leaf < to) {
      byte[] hash = tiles.leafHash(leaf);
      if (hash == null) {
        roots.giveUp();
        leaf = to;
      } else {
        append(hash);
      }
    }
  }

  private void append(byte[] leafHash) {
    if (!roots.givenUp()) {
      roots.at(tree);
      tree.append(leafHash);
    }
    leaf++;
  }

  private void offsetsOf(Path file, List<Integer> offsets) throws IOException {
    Path index = file.resolveSibling(file.getFileName().toString().replace(".seg", ".idx"));
    if (!Files.exists(index)) {
      findings.remark(name(index), -1, -1, "missing; the next writer rebuilds it");
      return;
    }
    ByteBuffer expected = ByteBuffer.allocate(16 + 4 * offsets.size());
    expected.putLong(0x4357494458000001L).putInt(offsets.size()).putInt(0);
    offsets.forEach(expected::putInt);
    CRC32C crc = new CRC32C();
    crc.update(expected.array(), 16, 4 * offsets.size());
    expected.putInt(12, (int) crc.getValue());
    int differs = Arrays.mismatch(expected.array(), Files.readAllBytes(index));
    if (differs >= 0) {
      findings.altered(name(index), -1, differs, "the offsets are not those of the records");
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }
}
