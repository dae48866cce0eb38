// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.store.RemoteLog;
import org.citywall.audit.store.RemoteLogOptions;
import org.citywall.audit.store.StoreCredentials;

/**
 * The evidence log that a server works with.
 *
 * @param key what its checkpoints are checked with
 * @param kept the log itself where this process keeps it; empty where it is elsewhere
 */
record OpenedLog(EvidenceLog log, VerifierKey key, Optional<KeptLog> kept) {

  /** Where the log is. */
  interface Source {
    OpenedLog open(ServerConfig config, KeyVault vault, Clock clock, SecureRandom random);
  }

  /** The log in the data folder, written by this process. */
  static final Source OWN =
      (config, vault, clock, random) -> {
        KeptLog log =
            EvidenceLogs.open(
                config.data().root(),
                LogOptions.defaults(),
                LogAccess.writing(config.origin(), vault),
                clock,
                random);
        return new OpenedLog(log, EvidenceLogs.statedKey(config.data().root()), Optional.of(log));
      };

  /** The log of a store elsewhere, which this process asks with these credentials. */
  static Source at(URI store, Path credentials) {
    return (config, vault, clock, random) -> {
      StoreCredentials known = StoreCredentials.read(credentials);
      RemoteLogOptions options =
          new RemoteLogOptions(
              store,
              known.identity(),
              known.authorities(),
              known.logKey(),
              config.data().storeMemory());
      return new OpenedLog(RemoteLog.open(options), known.logKey(), Optional.empty());
    };
  }
}
