// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.citywall.audit.secrets.Sensitive;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with Argon2id (RFC 9106): 16 MiB, two passes, one lane, 16 bytes of salt. The
 * hash names its parameters, so that stronger ones can come later. At most two hashes are computed
 * at once, which bounds the memory that log-ins can take.
 */
final class PasswordHashes {

  private static final int AT_ONCE = 2;

  /** Hash of a password that no account has; made once, because it takes part of a second. */
  static final String DECOY =
      "$argon2id$v=19$m=16384,t=2,p=1$lTsstHkgguOPHqiaCencBA"
          + "$GDhRUisKicgn2BqOrB3iaEWHVMr5B2W95P39xr/IlbQ";

  private final PasswordEncoder encoder = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  String hash(Sensitive<String> password) {
    permits.acquireUninterruptibly();
    try {
      String hash = encoder.encode(password.reveal());
      if (hash == null) {
        throw new IllegalStateException("the encoder gave no hash");
      }
      return hash;
    } finally {
      permits.release();
    }
  }

  /**
   * Whether this is the password behind the hash; false where there is no hash or the password is
   * longer than any can be. Takes as long in every case, so that time does not tell whether an
   * account exists.
   */
  boolean matches(Sensitive<String> password, Optional<String> hash) {
    boolean fits = password.reveal().length() <= Accounts.MAX_PASSWORD * 2;
    String compared = fits ? password.reveal() : "";
    permits.acquireUninterruptibly();
    try {
      return encoder.matches(compared, hash.orElse(DECOY)) && fits && hash.isPresent();
    } finally {
      permits.release();
    }
  }
}
