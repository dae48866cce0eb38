// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.Sensitive;

/**
 * On what terms a backup is restored.
 *
 * @param passphrase of an encrypted backup
 * @param trusted key that must have signed backup and log; without it the backup's own claim is
 *     checked against itself
 * @param unsigned whether a backup without a signature is restored all the same
 * @param expected what was kept elsewhere: files or folders as {@link
 *     org.citywall.audit.log.verify.Expectation} reads them
 * @param acceptLoss whether a log that misses signed entries is restored all the same
 */
public record RestoreOptions(
    Optional<Sensitive<char[]>> passphrase,
    Optional<VerifierKey> trusted,
    boolean unsigned,
    List<Path> expected,
    boolean acceptLoss) {

  /** A signed backup in the open, compared with nothing. */
  public static final RestoreOptions STRICT =
      new RestoreOptions(Optional.empty(), Optional.empty(), false, List.of(), false);

  public RestoreOptions {
    expected = List.copyOf(expected);
  }

  public RestoreOptions withPassphrase(Sensitive<char[]> secret) {
    return new RestoreOptions(Optional.of(secret), trusted, unsigned, expected, acceptLoss);
  }

  public RestoreOptions trusting(VerifierKey key) {
    return new RestoreOptions(passphrase, Optional.of(key), unsigned, expected, acceptLoss);
  }

  public RestoreOptions acceptingUnsigned() {
    return new RestoreOptions(passphrase, trusted, true, expected, acceptLoss);
  }

  public RestoreOptions expecting(List<Path> kept) {
    return new RestoreOptions(passphrase, trusted, unsigned, kept, acceptLoss);
  }

  public RestoreOptions acceptingLoss() {
    return new RestoreOptions(passphrase, trusted, unsigned, expected, true);
  }
}
