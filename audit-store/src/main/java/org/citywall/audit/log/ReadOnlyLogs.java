// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyWrapper;

/** Opens evidence logs in files for reading; knows nothing of the code that writes them. */
public final class ReadOnlyLogs {

  private ReadOnlyLogs() {}

  /**
   * Opens the log for reading, also while another process writes it; {@code AUD-0011} if none.
   * Sealed payloads cannot be read ({@code AUD-0022}).
   */
  public static LogReader open(Path dataDir) {
    return reader(dataDir, folder -> new OpenedKeys(folder.keyRing(), null));
  }

  /**
   * Opens the log for reading, also while another process writes it; {@code AUD-0011} if none.
   *
   * @param wrapper opens the data keys of sealed payloads
   */
  public static LogReader open(Path dataDir, KeyWrapper wrapper) {
    return reader(dataDir, folder -> new OpenedKeys(folder.keyRing(), wrapper));
  }

  /**
   * Opens the log for reading what is in the open, also while another process writes it; {@code
   * AUD-0011} if none. Entries with sealed payloads look as if these were destroyed.
   */
  public static LogReader openUnsealed(Path dataDir) {
    return reader(dataDir, folder -> OpenedKeys.none(folder.keyRing()));
  }

  private static LogReader reader(Path dataDir, Function<LogFolder, OpenedKeys> keys) {
    try {
      LogFolder folder = LogFolder.ofData(dataDir);
      return new ReadOnlyLog(folder, keys.apply(folder));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "log cannot be opened", e);
    }
  }
}
