// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Entries from segments, checked on the way. */
final class Reading {

  private Reading() {}

  static List<LoggedEntry> entries(
      Segments segments, OpenedKeys keys, long fromLeaf, int max, long size) {
    if (fromLeaf < 0 || max < 0) {
      throw outOfRange(fromLeaf);
    }
    List<StoredRecord> records = segments.read(fromLeaf, max, size);
    List<LoggedEntry> entries = new ArrayList<>(records.size());
    Commitments commitments = new Commitments();
    for (int from = 0; from < records.size(); from += Sm3Lanes.LANES) {
      int to = Math.min(from + Sm3Lanes.LANES, records.size());
      open(records.subList(from, to), keys, commitments, entries);
    }
    return entries;
  }

  /** Opens these records together: many payloads are hashed quicker than each alone. */
  private static void open(
      List<StoredRecord> records,
      OpenedKeys keys,
      Commitments commitments,
      List<LoggedEntry> entries) {
    List<Envelope> envelopes = new ArrayList<>(records.size());
    List<Envelope> committing = new ArrayList<>(records.size());
    List<byte[]> plains = new ArrayList<>(records.size());
    BitSet opened = new BitSet(records.size());
    for (int i = 0; i < records.size(); i++) {
      Envelope envelope = Envelope.decode(records.get(i).envelope());
      Optional<byte[]> plain = records.get(i).plain(keys);
      envelopes.add(envelope);
      if (plain.isPresent()) {
        opened.set(i);
        committing.add(envelope);
        plains.add(plain.get());
      }
    }
    if (commitments.matching(committing, plains).cardinality() < plains.size()) {
      throw EntryProofs.uncommitted();
    }
    Iterator<byte[]> next = plains.iterator();
    for (int i = 0; i < records.size(); i++) {
      long leaf = records.get(i).leaf();
      Envelope envelope = envelopes.get(i);
      entries.add(
          opened.get(i)
              ? new LoggedEntry(
                  leaf,
                  envelope.kind(),
                  EntryProofs.event(envelope, StoredRecord.payload(next.next())))
              : LoggedEntry.shredded(leaf, envelope));
    }
  }

  static LoggedEntry entry(Segments segments, OpenedKeys keys, long leaf, long size) {
    if (leaf < 0 || leaf >= size) {
      throw outOfRange(leaf);
    }
    return segments.read(leaf, 1, size).getFirst().open(keys);
  }

  static List<StoredEntry> stored(
      Segments segments, OpenedKeys keys, long fromLeaf, int max, long size, long maxBytes) {
    if (fromLeaf < 0 || max < 0) {
      throw outOfRange(fromLeaf);
    }
    return segments.read(fromLeaf, max, size, maxBytes).stream()
        .map(stored -> StoredEntry.of(stored, keys))
        .toList();
  }

  private static PlatformException outOfRange(long leaf) {
    return new PlatformException(AuditErrorCode.LEAF_OUT_OF_RANGE, "leaf " + leaf);
  }
}
