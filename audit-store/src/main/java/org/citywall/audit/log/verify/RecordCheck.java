// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.log.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Reads every record, has it judged by itself on several threads, and puts its leaf into the trees
 * in order.
 */
final class RecordCheck implements AutoCloseable {

  private static final int BATCH_RECORDS = 256;
  private static final int BATCH_BYTES = 1 << 20;

  private final Path root;
  private final Findings findings;
  private final Forest forest;
  private final RecordJudge judge;
  private final SourceOrder order;
  private final PayloadTally payloads;
  private final KeyChain keys;
  private final Progress progress;
  private final long acknowledged;
  private final Workers<List<RecordJudge.Judged>> workers;
  private final Boundary boundary;
  private final OffsetCheck.Known knownOffsets;
  private @Nullable OffsetCheck offsets;
  private long segment;
  private long begin;
  private List<SegmentWalk.Stored> batch = new ArrayList<>();
  private int batchBytes;
  private String file = "";
  private long leaf;
  private long checked;
  private long bytesRead;
  private long bytesTotal;

  RecordCheck(
      Path root,
      Findings findings,
      Forest forest,
      RecordJudge judge,
      PayloadTally payloads,
      KeyChain keys,
      long acknowledged,
      Progress progress,
      int threads,
      Carried.Walked from,
      Boundary boundary) {
    this.root = root;
    this.findings = findings;
    this.forest = forest;
    this.judge = judge;
    this.order = new SourceOrder(findings, from.sources());
    this.leaf = from.leaf();
    this.checked = from.checked();
    this.segment = from.segment();
    this.begin = from.position();
    this.knownOffsets = from.offsets();
    this.boundary = boundary;
    this.payloads = payloads;
    this.keys = keys;
    this.progress = progress;
    this.acknowledged = acknowledged;
    this.workers = new Workers<>("verifier", threads, judged -> judged.forEach(this::record));
  }

  /** Entries that were checked. */
  long checked() {
    return checked;
  }

  /** Leaf behind the last record. */
  long end() {
    return leaf;
  }

  /** What was seen of the numbers that sources give to their entries. */
  Completeness completeness() {
    return order.completeness();
  }

  void run() throws IOException {
    // What was read before is not read again, the segment that it ended in from there on.
    NavigableMap<Long, Path> segments = segments().tailMap(segment, true);
    for (Path path : segments.values()) {
      bytesTotal += Files.size(path);
    }
    boolean goesOn = begin > SegmentWalk.HEADER;
    if (goesOn && !segments.containsKey(segment)) {
      findings.missing(
          String.format(Locale.ROOT, "segment/%020d.seg", segment),
          -1,
          -1,
          "the segment that was verified in part is missing");
    }
    try {
      for (Map.Entry<Long, Path> next : segments.entrySet()) {
        file = root.relativize(next.getValue()).toString();
        boolean first = goesOn && next.getKey() == segment;
        if (next.getKey() < leaf && !first) {
          findings.altered(file, leaf, -1, "the segment overlaps another");
          continue;
        }
        if (next.getKey() > leaf) {
          missing("segment", next.getKey());
        }
        segment = next.getKey();
        walk(next.getValue(), segments.higherKey(next.getKey()));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    forest.finish();
    progress.at(bytesRead, bytesTotal);
  }

  private TreeMap<Long, Path> segments() throws IOException {
    TreeMap<Long, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(root.resolve("segment"))) {
      for (Path path : (Iterable<Path>) files.sorted()::iterator) {
        String name = path.getFileName().toString();
        if (name.matches("0[0-9]{19}\\.seg")) {
          segments.put(Long.parseLong(name.substring(0, 20)), path);
        } else if (!name.matches("0[0-9]{19}\\.idx(\\.tmp)?")) {
          findings.remark("segment/" + name, -1, -1, "this file does not belong here");
        }
      }
    }
    return segments;
  }

  private void walk(Path path, @Nullable Long next) throws IOException {
    OffsetCheck found =
        new OffsetCheck(
            root, path, begin > SegmentWalk.HEADER ? knownOffsets : OffsetCheck.Known.NONE);
    offsets = found;
    try (SegmentWalk walk = new SegmentWalk(path)) {
      boolean fresh = next == null && leaf >= acknowledged && walk.fileSize() <= SegmentWalk.HEADER;
      if (!walk.headerIs(segment)) {
        if (fresh) {
          findings.remark(file, leaf, 0, "a segment that was just being begun");
          return;
        }
        findings.altered(file, leaf, 0, "the header of the segment is damaged");
      }
      seek(walk);
      for (var state = walk.look(); state != SegmentWalk.State.END; state = walk.look()) {
        if (state == SegmentWalk.State.RECORD) {
          found.add(walk.position());
          add(walk.take());
        } else {
          flush();
          if (!past(walk, state, next)) {
            break;
          }
        }
      }
      flush();
      boundary(walk.position());
      bytesRead += walk.fileSize();
      progress.at(bytesRead, bytesTotal);
    }
    if (next != null) {
      if (leaf < next) {
        missing(file, next);
      }
      found.compare(findings);
    }
  }

  /** Goes to where the earlier verification ended, once. */
  private void seek(SegmentWalk walk) {
    if (walk.fileSize() < begin) {
      findings.missing(
          file, -1, walk.fileSize(), "the segment is shorter than when it was verified before");
    }
    if (begin > SegmentWalk.HEADER) {
      walk.seek(Math.min(begin, walk.fileSize()));
    }
    begin = SegmentWalk.HEADER;
  }

  /** Hands out what is known where somebody wants it at this leaf, whose record begins here. */
  private void boundary(long position) {
    OffsetCheck found = offsets;
    if (found == null || !boundary.isWanted(leaf) || !forest.isWhole()) {
      return;
    }
    boundary.reached(
        new Carried.Walked(
            leaf,
            segment,
            position,
            checked,
            forest.grown(),
            found.before(position),
            order.seen(),
            payloads.counted(),
            keys.changes(),
            findings.ofRecords()));
  }

  private void add(SegmentWalk.Stored stored) {
    batch.add(stored);
    batchBytes += stored.length();
    if (batch.size() == BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
      submit();
    }
  }

  private void submit() {
    List<SegmentWalk.Stored> full = batch;
    batch = new ArrayList<>(BATCH_RECORDS);
    batchBytes = 0;
    workers.submit(() -> judge.judge(full));
  }

  /** Returns when every record that was read is in the trees. */
  private void flush() {
    if (!batch.isEmpty()) {
      submit();
    }
    workers.drain();
  }

  /** Reports what is no record; false where nothing behind it can be read. */
  private boolean past(SegmentWalk walk, SegmentWalk.State state, @Nullable Long next)
      throws IOException {
    long at = walk.position();
    boundary(at);
    boolean more = walk.skipDamage(leaf);
    if (!more && next == null && leaf >= acknowledged) {
      findings.remark(
          file, leaf, at, "an unfinished record that was never acknowledged stands at the end");
      return false;
    }
    if (state == SegmentWalk.State.CUT_SHORT && !more) {
      findings.missing(file, leaf, at, "the record is cut short");
    } else {
      findings.altered(file, leaf, at, "the record is damaged");
    }
    return more;
  }

  private void record(RecordJudge.Judged judged) {
    SegmentWalk.Stored stored = judged.stored();
    if (stored.leaf() < leaf) {
      findings.altered(file, stored.leaf(), stored.position(), "a record out of order or twice");
      return;
    }
    boundary(stored.position());
    try {
      if (stored.leaf() > leaf) {
        missing(file, stored.leaf());
      }
      forest.append(judged.leafHashes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    leaf++;
    checked++;
    payloads.accept(judged);
    if (judged.change() != null) {
      keys.announced(stored.leaf(), judged.change());
    }
    if (judged.fault() != null) {
      findings.altered(file, stored.leaf(), stored.position(), judged.fault());
    }
    Envelope envelope = judged.envelope();
    if (envelope != null) {
      order.accept(file, stored.leaf(), envelope);
    }
    if ((checked & 0xFFFF) == 0) {
      progress.at(bytesRead + stored.position(), bytesTotal);
    }
  }

  /** Names the leaves up to {@code to} as missing and takes their hashes from the tiles. */
  private void missing(String where, long to) throws IOException {
    findings.missing(where, leaf, -1, "leaves " + leaf + " to " + (to - 1) + " cannot be read");
    while (leaf < to && forest.isWhole()) {
      forest.appendStored(leaf);
      leaf++;
    }
    leaf = to;
  }

  @Override
  public void close() {
    workers.close();
  }
}
