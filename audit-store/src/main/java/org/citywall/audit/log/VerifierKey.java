// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A key that checks notes, and the name it signs under (C2SP signed-note "vkey"): {@code
 * NAME+HEX8+BASE64(type || key)}. Ed25519, or SM2 under a private type (see the package
 * documentation). Immutable.
 */
public final class VerifierKey {

  /** Signature type of a note signed by its log with Ed25519. */
  public static final byte ED25519 = 0x01;

  /** Signature type of a timestamped cosignature with Ed25519 (C2SP tlog-cosignature). */
  public static final byte COSIGNATURE = 0x04;

  private final String name;
  private final NoteAlgorithm algorithm;
  private final byte[] key;
  private final NoteAlgorithm.Check check;

  private VerifierKey(String name, NoteAlgorithm algorithm, byte[] key) {
    this.name = requireName(name);
    this.algorithm = algorithm;
    this.key = key;
    try {
      this.check = algorithm.check(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a key of " + algorithm, e);
    }
  }

  /**
   * The key of this name; the name must hold neither space nor plus.
   *
   * @param key Ed25519, or SM2 on the curve sm2p256v1
   */
  public static VerifierKey of(String name, PublicKey key) {
    for (NoteAlgorithm algorithm : NoteAlgorithm.values()) {
      byte[] bytes = algorithm.ofSpki(key.getEncoded());
      if (bytes != null) {
        return new VerifierKey(name, algorithm, bytes);
      }
    }
    throw new IllegalArgumentException("neither an Ed25519 nor an SM2 key");
  }

  /** Reads a vkey; anything else is refused with {@code AUD-0020}. */
  public static VerifierKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    try {
      byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
      for (NoteAlgorithm algorithm : NoteAlgorithm.values()) {
        byte[] bytes = algorithm.ofTyped(typed);
        if (bytes != null) {
          VerifierKey key = new VerifierKey(parts[0], algorithm, bytes);
          if (key.toString().equals(vkey)) {
            return key;
          }
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

  /** Hash of the tree whose checkpoints this key signs. */
  public TreeHash treeHash() {
    return algorithm.treeHash();
  }

  /** Key id of the signatures over a text. */
  public int id() {
    return id(algorithm.plainType());
  }

  /** Key id of the signatures over a text with a time. */
  public int timedId() {
    return id(algorithm.timedType());
  }

  /** First four bytes of {@code SHA-256(name 0x0A type key)}. */
  public int id(byte type) {
    return id(new byte[] {type});
  }

  private int id(byte[] type) {
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
      return signature.length == NoteAlgorithm.SIGNATURE_BYTES
          && check.verifies(message, signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerifierKey that
        && name.equals(that.name)
        && algorithm == that.algorithm
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key);
  }

  /** The vkey text, safe to publish. */
  @Override
  public String toString() {
    byte[] type = algorithm.plainType();
    byte[] typed = Arrays.copyOf(type, type.length + key.length);
    System.arraycopy(key, 0, typed, type.length, key.length);
    return name
        + '+'
        + HexFormat.of().toHexDigits(id())
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
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, "not a vkey of ours", cause);
  }
}
