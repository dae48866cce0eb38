// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * The key of a witness: an Ed25519 key that signs timestamped cosignatures (C2SP tlog-cosignature).
 * Its text is a vkey of type 0x04, {@code NAME+HEX8+BASE64(0x04 || key)}. Immutable.
 */
public final class WitnessKey {

  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 72;

  private final VerifierKey key;
  private final byte[] encoded;

  private WitnessKey(VerifierKey key, byte[] encoded) {
    this.key = key;
    this.encoded = encoded;
  }

  /** The key of this name, which must hold neither space nor plus. */
  public static WitnessKey of(String name, PublicKey key) {
    byte[] spki = key.getEncoded();
    return new WitnessKey(
        VerifierKey.of(name, key), Arrays.copyOfRange(spki, spki.length - KEY_BYTES, spki.length));
  }

  /** Reads a vkey of type 0x04; anything else is refused with {@code AUD-0020}. */
  public static WitnessKey parse(String vkey) {
    String[] parts = vkey.split("\\+", 3);
    try {
      byte[] typed = parts.length == 3 ? Base64.getDecoder().decode(parts[2]) : new byte[0];
      if (typed.length == 1 + KEY_BYTES && typed[0] == VerifierKey.COSIGNATURE) {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + KEY_BYTES);
        System.arraycopy(typed, 1, spki, SPKI_PREFIX.length, KEY_BYTES);
        PublicKey key =
            KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        WitnessKey witness = of(parts[0], key);
        if (witness.toString().equals(vkey)) {
          return witness;
        }
      }
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  public String name() {
    return key.name();
  }

  /** First four bytes of {@code SHA-256(name 0x0A 0x04 key)}. */
  public int id() {
    return key.id(VerifierKey.COSIGNATURE);
  }

  /** A short name for files: 16 hexadecimal digits of SHA-256 over the vkey. */
  public String fingerprint() {
    return Hash.sha256(toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, 16);
  }

  /** The 32 bytes of the key, by which two vkeys are compared (C2SP tlog-policy). */
  byte[] encoded() {
    return encoded.clone();
  }

  /**
   * When this witness cosigned the note, by its own clock, in seconds; empty where it did not. A
   * signature line of its name and id that does not verify is refused with {@code AUD-0064}.
   */
  public Optional<Instant> cosignedAt(SignedNote note) {
    return lines(note).stream()
        .map(line -> time(note.text(), line.signature()))
        .max(Comparator.naturalOrder());
  }

  /** Signature lines of this witness's name and id, unverified. */
  List<SignedNote.Line> lines(SignedNote note) {
    return note.signatures().stream()
        .filter(line -> line.name().equals(name()) && line.id() == id())
        .toList();
  }

  private Instant time(String text, byte[] signature) {
    if (signature.length == SIGNATURE_BYTES) {
      long seconds = ByteBuffer.wrap(signature).getLong();
      byte[] message = message(text, seconds);
      if (seconds > 0
          && seconds <= Instant.MAX.getEpochSecond()
          && key.verifies(message, Arrays.copyOfRange(signature, 8, SIGNATURE_BYTES))) {
        return Instant.ofEpochSecond(seconds);
      }
    }
    throw new PlatformException(
        AuditErrorCode.COSIGNATURE_INVALID, "cosignature by " + name() + " does not verify");
  }

  /** What a cosignature signs: header, time and the whole text of the checkpoint. */
  static byte[] message(String text, long seconds) {
    return ("cosignature/v1\ntime " + seconds + '\n' + text).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WitnessKey that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The vkey text, safe to publish. */
  @Override
  public String toString() {
    byte[] typed = new byte[1 + KEY_BYTES];
    typed[0] = VerifierKey.COSIGNATURE;
    System.arraycopy(encoded, 0, typed, 1, KEY_BYTES);
    return name()
        + '+'
        + HexFormat.of().toHexDigits(id())
        + '+'
        + Base64.getEncoder().encodeToString(typed);
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(
        AuditErrorCode.NOTE_MALFORMED, "not an Ed25519 vkey of type 0x04", cause);
  }
}
