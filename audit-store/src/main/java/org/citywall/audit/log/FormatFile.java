// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** The file that makes a folder a log. */
final class FormatFile {

  private FormatFile() {}

  static void write(LogFolder folder, LogFormat format, Disk disk) throws IOException {
    disk.replace(folder.format(), format.text().getBytes(StandardCharsets.UTF_8), true);
  }

  /** The log's format; {@code AUD-0011} where there is no log, {@code AUD-0012} for later ones. */
  static LogFormat read(LogFolder folder) throws IOException {
    try {
      // Bytes that are no text must be called damage, not a disk that refuses.
      return LogFormat.parse(
          new String(Files.readAllBytes(folder.format()), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new PlatformException(AuditErrorCode.LOG_MISSING, "no evidence log here", e);
    }
  }
}
