// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** A process that appends until it is killed, and prints what was acknowledged. */
final class AppendingProcess {

  private AppendingProcess() {}

  /** The same in every process. */
  static LogKeys keys() {
    return LogKeys.of(new NoteSigner("killed.example/log", KeyInMemory.numbered(1)))
        .withSm3(Sm2KeyInMemory.numbered(2))
        .withSealing(WrapperInMemory.numbered(3));
  }

  public static void main(String[] arguments) {
    Path data = Path.of(arguments[0]);
    LogOptions options =
        LogOptions.defaults()
            .withSegmentBytes(1 << 16)
            .withIntervals(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ZERO);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    EvidenceLog log =
        EvidenceLogs.open(data, options, keys(), Clock.systemUTC(), new SecureRandom());
    long sequence = 1;
    while (true) {
      int batch = 1 + (int) (sequence % 5);
      List<Entry> entries = TestEvents.range("child", sequence, sequence + batch - 1);
      log.append(entries);
      sequence += batch;
      out.println(String.format(Locale.ROOT, "%012d", sequence - 1));
    }
  }
}
