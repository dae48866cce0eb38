// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
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
    return segments.read(fromLeaf, max, size).stream().map(stored -> stored.open(keys)).toList();
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
