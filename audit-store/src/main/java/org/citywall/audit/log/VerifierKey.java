// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key that checks notes, and the name it signs under (C2SP signed-note "vkey"): {@code
 * NAME+HEX8+BASE64(type || key)}. Immutable.
 */
public final class VerifierKey {

  /** Signature type of a note signed by its log. */
  public static final byte ED25519 = 0x01;

  /** Signature type of a timestamped cosignature (C2SP tlog-cosignature). */
  public static final byte COSIGNATURE = 0x04;

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final String name;
  private final byte[] key;

  private VerifierKey(String name, byte[] key) {
    this.name = name;
    this.key = key;
  }

  /** The key of this name; the name must hold neither space nor plus. */
  public static VerifierKey of(String name, PublicKey key) {
    byte[] spki = key.getEncoded();
    if (spki.length != SPKI_PREFIX.length + 32
        || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
      throw new IllegalArgumentException("not an Ed25519 key");
    }
    return new VerifierKey(
        requireName(name), Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length));
  }

  /** Reads a vkey; anything else is refused with {@code AUD-0020}. */
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    try {
      byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
      if (typed.length == 33 && typed[0] == ED25519) {
        VerifierKey key =
            new VerifierKey(requireName(parts[0]), Arrays.copyOfRange(typed, 1, typed.length));
        if (key.toString().equals(vkey)) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  public String name() {
    return name;
  }

  /** First four bytes of {@code SHA-256(name 0x0A type key)}. */
  public int id(byte type) {
    MessageDigest digest = Sha256.digest();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(type);
    byte[] hash = digest.digest(key);
    return (hash[0] & 0xFF) << 24
        | (hash[1] & 0xFF) << 16
        | (hash[2] & 0xFF) << 8
        | (hash[3] & 0xFF);
  }

  /** Whether this is the key's signature over the message. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + key.length);
      System.arraycopy(key, 0, spki, SPKI_PREFIX.length, key.length);
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
      ed25519.update(message);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** The vkey text, safe to publish. */
  @Override
  public String toString() {
    byte[] typed = new byte[key.length + 1];
    typed[0] = ED25519;
    System.arraycopy(key, 0, typed, 1, key.length);
    return name
        + '+'
        + HexFormat.of().toHexDigits(id(ED25519))
        + '+'
        + Base64.getEncoder().encodeToString(typed);
  }

  static String requireName(String name) {
    if (name.isEmpty()
        || name.indexOf('+') >= 0
        || name.codePoints()
            .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c < ' ')) {
      throw new IllegalArgumentException("a key name holds neither space nor plus");
    }
    return name;
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, "not an Ed25519 vkey", cause);
  }
}
