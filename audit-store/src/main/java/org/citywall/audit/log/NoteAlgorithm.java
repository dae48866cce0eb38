// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.jspecify.annotations.Nullable;

/**
 * How a note is signed. Each algorithm has two signature types (C2SP signed-note): over the text,
 * and over the text with a time. SM2 has no type of its own there: it uses the private one, {@code
 * 0xff} and a name. All signatures have 64 bytes; those with a time have 8 bytes of time before
 * them.
 */
enum NoteAlgorithm {
  /** RFC 8032; the key is its 32 bytes. */
  ED25519(TreeHash.SHA_256, new byte[] {0x01}, new byte[] {0x04}, "302a300506032b6570032100", 32) {
    @Override
    Check check(byte[] key) throws GeneralSecurityException {
      PublicKey publicKey =
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki(key)));
      return (message, signature) -> {
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(publicKey);
        ed25519.update(message);
        return ed25519.verify(signature);
      };
    }
  },
  /**
   * GB/T 32918.2-2016 with SM3, curve sm2p256v1 and the user id of those who agreed on none; the
   * key is the point, {@code 04 x y}.
   */
  SM2(
      TreeHash.SM3,
      named("sm2-sm3-v1"),
      named("sm2-sm3-time-v1"),
      "3059301306072a8648ce3d020106082a811ccf5501822d034200",
      65) {
    @Override
    Check check(byte[] key) {
      // Decoding refuses what is no point of the curve.
      var point = new ECPublicKeyParameters(SM2_DOMAIN.getCurve().decodePoint(key), SM2_DOMAIN);
      return (message, signature) -> {
        SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
        signer.init(false, new ParametersWithID(point, SM2_USER));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
      };
    }
  };

  static final int SIGNATURE_BYTES = 64;

  private static final ECDomainParameters SM2_DOMAIN =
      new ECDomainParameters(GMNamedCurves.getByName("sm2p256v1"));
  private static final byte[] SM2_USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

  /** Checks signatures by one key. */
  @FunctionalInterface
  interface Check {
    boolean verifies(byte[] message, byte[] signature) throws GeneralSecurityException;
  }

  private final TreeHash treeHash;
  private final byte[] plainType;
  private final byte[] timedType;
  private final byte[] spkiPrefix;
  private final int keyBytes;

  NoteAlgorithm(
      TreeHash treeHash, byte[] plainType, byte[] timedType, String spkiPrefix, int keyBytes) {
    this.treeHash = treeHash;
    this.plainType = plainType;
    this.timedType = timedType;
    this.spkiPrefix = HexFormat.of().parseHex(spkiPrefix);
    this.keyBytes = keyBytes;
  }

  private static byte[] named(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    byte[] type = new byte[1 + ascii.length];
    type[0] = (byte) 0xff;
    System.arraycopy(ascii, 0, type, 1, ascii.length);
    return type;
  }

  /** What checks with this key; an IllegalArgumentException where it is none. */
  abstract Check check(byte[] key) throws GeneralSecurityException;

  /** Hash of the tree whose checkpoints are signed in this way. */
  TreeHash treeHash() {
    return treeHash;
  }

  byte[] plainType() {
    return plainType;
  }

  byte[] timedType() {
    return timedType;
  }

  /** The algorithm's public key in these bytes of an X.509 structure, or null. */
  byte @Nullable [] ofSpki(byte[] spki) {
    return behind(spkiPrefix, spki);
  }

  /** The public key in the typed bytes of a vkey, or null. */
  byte @Nullable [] ofTyped(byte[] typed) {
    return behind(plainType, typed);
  }

  private byte @Nullable [] behind(byte[] prefix, byte[] bytes) {
    return bytes.length == prefix.length + keyBytes
            && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length)
        ? Arrays.copyOfRange(bytes, prefix.length, bytes.length)
        : null;
  }

  byte[] spki(byte[] key) {
    byte[] spki = Arrays.copyOf(spkiPrefix, spkiPrefix.length + key.length);
    System.arraycopy(key, 0, spki, spkiPrefix.length, key.length);
    return spki;
  }
}
