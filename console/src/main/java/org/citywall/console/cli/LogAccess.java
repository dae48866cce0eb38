// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.backup.Backup;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.KeyKind;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.SigningKey;
import org.citywall.verifier.PayloadKey;

/** The keys of a vault as the evidence log of a data folder takes them. */
final class LogAccess {

  private LogAccess() {}

  /** Everything that writes: both trees, sealed payloads, and older keys while they change. */
  static LogKeys writing(String origin, KeyVault vault) {
    LogKeys keys =
        LogKeys.of(new NoteSigner(origin, vault.signingKey(KeyVault.CHECKPOINT_KEY)))
            .withSm3(vault.sm2SigningKey(KeyVault.CHECKPOINT_KEY))
            .withSealing(vault.keyWrapper(PayloadKey.NAME));
    for (SigningKey older : older(vault, KeyKind.ED25519)) {
      keys = keys.alsoSignedBy(new NoteSigner(origin, older));
    }
    for (SigningKey older : older(vault, KeyKind.SM2)) {
      keys = keys.alsoSignedBy(new NoteSigner(LogKeys.sm3Name(origin), older));
    }
    return keys;
  }

  /** Signs a backup with the key that the log states; nothing where the vault does not have it. */
  static Optional<String> signBackup(Path data, KeyVault vault, Hash sums) {
    VerifierKey stated = EvidenceLogs.statedKey(data);
    return vault.signingKeys(KeyKind.ED25519, KeyVault.CHECKPOINT_KEY).stream()
        .map(key -> new NoteSigner(stated.name(), key))
        .filter(signer -> signer.verifierKey().equals(stated))
        .findFirst()
        .map(signer -> signer.sign(Backup.text(stated.name(), sums)).toString());
  }

  private static List<SigningKey> older(KeyVault vault, KeyKind kind) {
    List<SigningKey> all = vault.signingKeys(kind, KeyVault.CHECKPOINT_KEY);
    return all.subList(0, all.size() - 1);
  }

  /**
   * Opens the log for reading, also beside a running server. Payloads are read with the key file of
   * the data folder; where keys are kept elsewhere, reading one fails with {@code AUD-0022}.
   */
  static LogReader reading(Path data) {
    KeyWrapper wrapper = PayloadKey.of(data);
    return wrapper == null
        ? EvidenceLogs.openReadOnly(data)
        : EvidenceLogs.openReadOnly(data, wrapper);
  }

  /** Signs a backup where no server runs; nothing where the data folder has no key file. */
  static Optional<String> signBackup(Path data, Hash sums) {
    return Files.exists(FileKeyVault.file(data))
        ? signBackup(data, vault(data), sums)
        : Optional.empty();
  }

  private static FileKeyVault vault(Path data) {
    return FileKeyVault.open(data, System.getenv(), Clock.systemUTC(), new SecureRandom());
  }
}
