// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyKind;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.SigningKey;
import org.citywall.verifier.PayloadKey;

/** Gives the log of a data folder, on which no server runs, new keys from its vault. */
final class LogKeyChange {

  /** What took the place of what, told by the entry of this leaf. */
  record Changed(VerifierKey before, VerifierKey now, long leaf) {}

  private final Path data;
  private final KeyVault vault;
  private final Clock clock;
  private final SecureRandom random;
  private final String origin;

  LogKeyChange(Path data, KeyVault vault, Clock clock, SecureRandom random) {
    this.data = data;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
    this.origin = EvidenceLogs.statedKey(data).name();
  }

  /**
   * Lets a new key sign each tree, together with the one before, and wraps the data keys of
   * payloads by a new key. A change that was interrupted is finished by another call.
   */
  List<Changed> change() {
    List<Changed> changes = new ArrayList<>();
    try (KeptLog log = open()) {
      for (TreeHash tree : TreeHash.values()) {
        VerifierKey before = inCharge(tree);
        if (newest(tree).verifierKey().equals(before)) {
          vault.rotate(kind(tree), KeyVault.CHECKPOINT_KEY);
        }
        NoteSigner next = newest(tree);
        changes.add(new Changed(before, next.verifierKey(), log.changeKey(next)));
      }
      vault.rotate(KeyKind.WRAPPING, PayloadKey.NAME);
      log.wrapAgain();
    }
    return changes;
  }

  /**
   * Destroys the signing keys before the present ones, which sign nothing from then on; {@code
   * CLI-0021} where a change is not finished. Keys that wrapped data keys stay: backups need them.
   */
  void retire() {
    open().close(); // fails where another process would go on with the older keys
    for (TreeHash tree : TreeHash.values()) {
      if (!newest(tree).verifierKey().equals(inCharge(tree))) {
        throw new PlatformException(CliErrorCode.KEY_CHANGE_UNFINISHED, newest(tree).name());
      }
    }
    for (TreeHash tree : TreeHash.values()) {
      vault.retireBefore(kind(tree), KeyVault.CHECKPOINT_KEY, signingKey(tree).version());
    }
  }

  private KeptLog open() {
    return EvidenceLogs.open(
        data, LogOptions.defaults(), LogAccess.writing(origin, vault), clock, random);
  }

  private VerifierKey inCharge(TreeHash tree) {
    return KeysBySize.statedBy(data, tree).at(Long.MAX_VALUE);
  }

  private NoteSigner newest(TreeHash tree) {
    String name = tree == TreeHash.SM3 ? LogKeys.sm3Name(origin) : origin;
    return new NoteSigner(name, signingKey(tree));
  }

  private SigningKey signingKey(TreeHash tree) {
    return tree == TreeHash.SM3
        ? vault.sm2SigningKey(KeyVault.CHECKPOINT_KEY)
        : vault.signingKey(KeyVault.CHECKPOINT_KEY);
  }

  private static KeyKind kind(TreeHash tree) {
    return tree == TreeHash.SM3 ? KeyKind.SM2 : KeyKind.ED25519;
  }
}
