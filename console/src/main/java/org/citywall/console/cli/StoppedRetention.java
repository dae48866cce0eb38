// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.console.retention.RetentionBoard;
import org.jspecify.annotations.Nullable;

/** How keeping stands in a data folder on which no server runs. */
final class StoppedRetention {

  private StoppedRetention() {}

  /** Opens the log alone and reads all of it; {@code AUD-0010} where somebody else has it. */
  static RetentionBoard board(Path data, @Nullable Path config) {
    ServerYaml yaml = config == null ? ServerYaml.absent() : ServerYaml.read(config);
    Path folder = data.toAbsolutePath().normalize();
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    String origin = EvidenceLogs.statedKey(folder).name();
    try (KeyVault vault = yaml.keys().open(folder, System.getenv(), clock, random);
        KeptLog log =
            EvidenceLogs.open(
                folder, LogOptions.defaults(), LogAccess.writing(origin, vault), clock, random)) {
      return RetentionBoard.of(log, log.countPayloads(), clock.instant());
    }
  }
}
