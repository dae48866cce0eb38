// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.citywall.audit.secrets.SigningKey;

/** A fresh SM2 key that nobody keeps, and a check of SM2 signatures of any key. */
public final class Sm2KeyInMemory implements SigningKey {

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
  private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

  private static final BigInteger ORDER = GMNamedCurves.getByName("sm2p256v1").getN();

  private final KeyPair pair;

  public Sm2KeyInMemory() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec("sm2p256v1"));
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public PublicKey publicKey() {
    return pair.getPublic();
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature sm2 = signature();
      sm2.initSign(pair.getPrivate());
      sm2.update(message);
      return plain(sm2.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether r and s, 32 bytes each, are the key's signature over the message. */
  public static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
    try {
      Signature sm2 = signature();
      sm2.initVerify(key);
      sm2.update(message);
      return sm2.verify(der(signature));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] der(byte[] plain) {
    try {
      BigInteger[] halves = PlainDSAEncoding.INSTANCE.decode(ORDER, plain);
      return StandardDSAEncoding.INSTANCE.encode(ORDER, halves[0], halves[1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] plain(byte[] der) {
    try {
      BigInteger[] halves = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
      return PlainDSAEncoding.INSTANCE.encode(ORDER, halves[0], halves[1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Signature signature() throws GeneralSecurityException {
    Signature sm2 = Signature.getInstance("SM3withSM2", PROVIDER);
    sm2.setParameter(new SM2ParameterSpec(USER_ID));
    return sm2;
  }
}
