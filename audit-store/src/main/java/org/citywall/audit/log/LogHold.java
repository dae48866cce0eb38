// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Keeps writers out of the log of a data folder, without writing it. */
public final class LogHold implements AutoCloseable {

  private final WriterLock lock;

  private LogHold(WriterLock lock) {
    this.lock = lock;
  }

  /** Fails with {@code AUD-0010} while a writer has the log, {@code AUD-0011} if there is none. */
  public static LogHold of(Path dataDir) {
    LogFolder folder = LogFolder.ofData(dataDir);
    if (!Files.exists(folder.format())) {
      throw new PlatformException(AuditErrorCode.LOG_MISSING, "no evidence log here");
    }
    try {
      return new LogHold(WriterLock.take(folder.lock()));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "lock of the log", e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "lock of the log", e);
    }
  }
}
