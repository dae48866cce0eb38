// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;

/**
 * Finds what a log says about its restores. Such entries are in the open; sealed ones are not
 * opened.
 */
public final class RestoreEntries {

  private RestoreEntries() {}

  /** The entries about restores, in their order. */
  public static List<LoggedEntry> in(Path dataDir) {
    LogFolder folder = LogFolder.ofData(dataDir);
    List<LoggedEntry> found = new ArrayList<>();
    try {
      for (Map.Entry<Long, Path> segment : Segments.list(folder).entrySet()) {
        addFrom(folder, segment, found);
      }
      return found;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "entries about restores", e);
    }
  }

  private static void addFrom(
      LogFolder folder, Map.Entry<Long, Path> segment, List<LoggedEntry> found) throws IOException {
    try (RecordCursor cursor =
        new RecordCursor(
            segment.getValue(), RecordFormat.SEGMENT_HEADER, segment.getKey(), Long.MAX_VALUE)) {
      for (StoredRecord record = cursor.next(); record != null; record = cursor.next()) {
        Envelope envelope = Envelope.decode(record.envelope());
        if (envelope.kind() == EntryKind.CONTROL
            && envelope.position().source().equals(RestoreEntry.SOURCE)
            && record.key() == 0) {
          LoggedEntry entry = record.open(OpenedKeys.none(folder.keyRing()));
          if (RestoreEntry.is(entry)) {
            found.add(entry);
          }
        }
      }
    }
  }
}
