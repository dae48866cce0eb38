// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.collect.CollectErrorCode;

/** The last epoch that was used, as decimal text: epochs rise even when the clock goes back. */
public final class EpochFile {

  private static final String NAME = "epoch";

  private EpochFile() {}

  /** Whether no epoch was ever used with this folder. */
  public static boolean isFirst(Path folder) {
    return !Files.exists(folder.resolve(NAME));
  }

  /** An epoch higher than all before: the microseconds of now, or one more than the last. */
  public static long next(Path folder, Clock clock) {
    Path file = folder.resolve(NAME);
    try {
      long last = Files.exists(file) ? Long.parseLong(Files.readString(file, US_ASCII).strip()) : 0;
      long epoch = Math.max(last + 1, Micros.of(clock.instant()));
      Path fresh = folder.resolve("epoch.new");
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((epoch + "\n").getBytes(US_ASCII)));
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return epoch;
    } catch (IOException | NumberFormatException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "the epoch cannot be read or written", e);
    }
  }
}
