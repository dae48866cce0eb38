// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** Logs in files whose payloads are sealed and can be destroyed. */
public final class KeptLogs {

  private static final LogKeys KEYS =
      keys(new NoteSigner("citywall.example/test", new KeyInMemory()));

  private KeptLogs() {}

  /** Opens the log of a folder by a clock that stands; the keys are the same each time. */
  public static KeptLog openAt(Path data, Instant now) {
    return EvidenceLogs.open(
        data, LogOptions.defaults(), KEYS, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  /** Keys of a log of two trees that seals payloads. */
  public static LogKeys keys(NoteSigner signer) {
    return LogKeys.of(signer).withSm3(new Sm2KeyInMemory()).withSealing(new WrapperInMemory());
  }

  /** An entry whose payload is about a department, received at this time. */
  public static Entry entry(long sequence, Instant received, String department) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 1, sequence), received, received)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, "note " + sequence)
            .build());
  }
}
