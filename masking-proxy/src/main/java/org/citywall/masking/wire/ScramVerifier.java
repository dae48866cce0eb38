// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.Hash;

/**
 * What a server keeps of a password for SCRAM-SHA-256 (RFC 5802, RFC 7677), in the text that
 * PostgreSQL keeps in {@code pg_authid.rolpassword}: {@code
 * SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}.
 */
public final class ScramVerifier {

  private static final String PREFIX = "SCRAM-SHA-256$";
  private static final int ITERATIONS = 4096;
  private static final int MAX_ITERATIONS = 1_000_000;
  private static final int SALT = 16;

  private final int iterations;
  private final byte[] salt;
  private final byte[] storedKey;
  private final byte[] serverKey;

  private ScramVerifier(int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
    this.iterations = iterations;
    this.salt = salt;
    this.storedKey = storedKey;
    this.serverKey = serverKey;
  }

  /** The verifier of a password with a fresh salt. */
  public static ScramVerifier of(String password, RandomGenerator random) {
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return of(password, salt, ITERATIONS);
  }

  static ScramVerifier of(String password, byte[] salt, int iterations) {
    byte[] salted = Scram.saltedPassword(password, salt, iterations);
    byte[] clientKey = Scram.hmac(salted, "Client Key");
    return new ScramVerifier(
        iterations, salt.clone(), Hash.sha256(clientKey).bytes(), Scram.hmac(salted, "Server Key"));
  }

  /** Reads the text; empty where it is none. The prefix may be in lower case. */
  public static Optional<ScramVerifier> parse(String text) {
    if (!text.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return Optional.empty();
    }
    String[] parts = text.substring(PREFIX.length()).split("[:$]", -1);
    try {
      int iterations = Integer.parseInt(parts[0]);
      byte[] salt = Base64.getDecoder().decode(parts[1]);
      byte[] stored = Base64.getDecoder().decode(parts[2]);
      byte[] server = Base64.getDecoder().decode(parts[3]);
      boolean whole =
          parts.length == 4
              && iterations > 0
              && iterations <= MAX_ITERATIONS
              && salt.length > 0
              && stored.length == Hash.BYTES
              && server.length == Hash.BYTES;
      return whole
          ? Optional.of(new ScramVerifier(iterations, salt, stored, server))
          : Optional.empty();
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /**
   * Somebody who does not exist: the salt is always the same for the name, and no password fits.
   *
   * @param secret of this server, so that nobody else can tell such a salt from a real one
   */
  static ScramVerifier ofNobody(String name, byte[] secret) {
    byte[] seed = Scram.hmac(secret, name);
    return new ScramVerifier(
        ITERATIONS, Arrays.copyOf(seed, SALT), new byte[Hash.BYTES], new byte[Hash.BYTES]);
  }

  int iterations() {
    return iterations;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] storedKey() {
    return storedKey.clone();
  }

  byte[] serverKey() {
    return serverKey.clone();
  }

  /** The text, which is a secret: who has it can try passwords, and play the server. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return PREFIX
        + iterations
        + ':'
        + base64.encodeToString(salt)
        + '$'
        + base64.encodeToString(storedKey)
        + ':'
        + base64.encodeToString(serverKey);
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
