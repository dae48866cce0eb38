// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A 32-byte hash value. Immutable. */
public final class Hash {

  public static final int BYTES = 32;

  private static final MessageDigest SHA_256 = fresh();

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A hash of a copy of these 32 bytes. */
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** SHA-256 of this message. */
  public static Hash sha256(byte[] message) {
    try {
      // Cloning a fresh digest is several times cheaper than a provider look-up for every message.
      return new Hash(((MessageDigest) SHA_256.clone()).digest(message));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SM3 of this message. */
  public static Hash sm3(byte[] message) {
    Sm3 sm3 = new Sm3();
    byte[] hash = new byte[BYTES];
    sm3.update(message, 0, message.length);
    sm3.digest(hash, 0);
    return new Hash(hash);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Base64 (RFC 4648 section 4), as C2SP notes and proofs write it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }

  private static MessageDigest fresh() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
