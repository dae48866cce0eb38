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

/** Finds what a log says about its restores; payloads of other entries are not opened. */
public final class RestoreEntries {

  private RestoreEntries() {}

  /** The entries about restores, in their order. */
  public static List<LoggedEntry> in(Path dataDir) {
    List<LoggedEntry> found = new ArrayList<>();
    try {
      for (Map.Entry<Long, Path> segment : Segments.list(LogFolder.ofData(dataDir)).entrySet()) {
        addFrom(segment, found);
      }
      return found;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "entries about restores", e);
    }
  }

  private static void addFrom(Map.Entry<Long, Path> segment, List<LoggedEntry> found)
      throws IOException {
    try (RecordCursor cursor =
        new RecordCursor(
            segment.getValue(), RecordFormat.SEGMENT_HEADER, segment.getKey(), Long.MAX_VALUE)) {
      for (StoredRecord record = cursor.next(); record != null; record = cursor.next()) {
        Envelope envelope = Envelope.decode(record.envelope());
        if (envelope.kind() == EntryKind.CONTROL
            && envelope.position().source().equals(RestoreEntry.SOURCE)
            && RestoreEntry.is(record.open())) {
          found.add(record.open());
        }
      }
    }
  }
}
