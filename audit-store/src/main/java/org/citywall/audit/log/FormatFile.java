// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The file that makes a folder a log: its format version and the key that signs for it. */
final class FormatFile {

  private static final String FIRST_LINE = "citywall-log 1";

  private FormatFile() {}

  static void write(LogFolder folder, VerifierKey key, Disk disk) throws IOException {
    String text = FIRST_LINE + "\nkey " + key + "\n";
    disk.replace(folder.format(), text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** The log's key; {@code AUD-0011} where there is no log, {@code AUD-0012} for other formats. */
  static VerifierKey read(LogFolder folder) throws IOException {
    String text;
    try {
      text = Files.readString(folder.format());
    } catch (NoSuchFileException e) {
      throw new PlatformException(AuditErrorCode.LOG_MISSING, "no evidence log here", e);
    }
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(FIRST_LINE) && lines[0].matches("citywall-log [1-9][0-9]*")) {
      throw new PlatformException(AuditErrorCode.LOG_FORMAT, "the log is a " + lines[0]);
    }
    if (lines.length != 3
        || !lines[0].equals(FIRST_LINE)
        || !lines[1].startsWith("key ")
        || !lines[2].isEmpty()) {
      throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "the format file is damaged");
    }
    return VerifierKey.parse(lines[1].substring(4));
  }
}
