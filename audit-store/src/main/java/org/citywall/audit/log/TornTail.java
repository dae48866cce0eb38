// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Tells a group commit that a crash cut short from an acknowledged record that was damaged. */
final class TornTail {

  private static final int MAX_GROUP = 1 << 22;

  private TornTail() {}

  /**
   * Fails with {@code AUD-0013} unless the bytes from {@code end} on can only be an unacknowledged
   * group: a group is written after the one before it is durable, so a whole record of a later
   * group proves that the broken one had been acknowledged.
   */
  static void requireUnacknowledged(Path segment, long end, long leaf) throws IOException {
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ)) {
      long length = channel.size() - end;
      if (length <= 0) {
        return;
      }
      ByteBuffer tail = channel.map(FileChannel.MapMode.READ_ONLY, end, length);
      for (int at = 1; at + RecordFormat.RECORD_HEADER <= tail.limit(); at++) {
        if (isLaterGroup(tail, at, leaf)) {
          throw new PlatformException(
              AuditErrorCode.LOG_CORRUPT,
              "the record of leaf " + leaf + " is damaged and later ones are not");
        }
      }
    }
  }

  private static boolean isLaterGroup(ByteBuffer tail, int at, long leaf) {
    long found = RecordFormat.leafAt(tail, at);
    long commit = RecordFormat.commitAt(tail, at);
    return found > leaf
        && found - leaf < MAX_GROUP
        && commit > leaf
        && commit <= found
        && RecordFormat.lengthAt(tail, at, LogLimits.MAX_RECORD) > 0;
  }
}
