// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.Sensitive;

/**
 * On what terms a backup is restored.
 *
 * @param passphrase of an encrypted backup
 * @param trusted keys of the log that the caller knows, in any order: one of them at least must be
 *     the backup's, which the others may precede or follow; without any the backup's own claim is
 *     checked against itself
 * @param wrapper opens the data keys of sealed payloads, so that these are verified too
 * @param unsigned whether a backup without a signature is restored all the same
 * @param expected what was kept elsewhere: files or folders as {@link
 *     org.citywall.audit.log.verify.Expectation} reads them
 * @param acceptLoss whether a log that misses signed entries is restored all the same
 */
public record RestoreOptions(
    Optional<Sensitive<char[]>> passphrase,
    List<VerifierKey> trusted,
    Optional<KeyWrapper> wrapper,
    boolean unsigned,
    List<Path> expected,
    boolean acceptLoss) {

  /** A signed backup in the open, compared with nothing. */
  public static final RestoreOptions STRICT =
      new RestoreOptions(Optional.empty(), List.of(), Optional.empty(), false, List.of(), false);

  public RestoreOptions {
    trusted = List.copyOf(trusted);
    expected = List.copyOf(expected);
  }

  public RestoreOptions withPassphrase(Sensitive<char[]> secret) {
    return new RestoreOptions(
        Optional.of(secret), trusted, wrapper, unsigned, expected, acceptLoss);
  }

  public RestoreOptions trusting(VerifierKey... keys) {
    return new RestoreOptions(passphrase, List.of(keys), wrapper, unsigned, expected, acceptLoss);
  }

  public RestoreOptions opening(KeyWrapper opener) {
    return new RestoreOptions(
        passphrase, trusted, Optional.of(opener), unsigned, expected, acceptLoss);
  }

  public RestoreOptions acceptingUnsigned() {
    return new RestoreOptions(passphrase, trusted, wrapper, true, expected, acceptLoss);
  }

  public RestoreOptions expecting(List<Path> kept) {
    return new RestoreOptions(passphrase, trusted, wrapper, unsigned, kept, acceptLoss);
  }

  public RestoreOptions acceptingLoss() {
    return new RestoreOptions(passphrase, trusted, wrapper, unsigned, expected, true);
  }
}
