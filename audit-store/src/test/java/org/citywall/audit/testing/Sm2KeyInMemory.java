// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.citywall.audit.secrets.SigningKey;

/** An SM2 key that nobody keeps; it signs with 64 bytes, r and then s. */
public final class Sm2KeyInMemory implements SigningKey {

  private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
  private static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");

  private final SecureRandom random = new SecureRandom();
  private final ECPrivateKeyParameters privateKey;
  private final PublicKey publicKey;

  /** A fresh key. */
  public Sm2KeyInMemory() {
    this(new BigInteger(240, new SecureRandom()));
  }

  private Sm2KeyInMemory(BigInteger scalar) {
    privateKey = new ECPrivateKeyParameters(scalar, new ECDomainParameters(CURVE));
    var curve =
        new ECNamedCurveParameterSpec(
            "sm2p256v1", CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
    try {
      publicKey =
          KeyFactory.getInstance("EC", new BouncyCastleProvider())
              .generatePublic(
                  new ECPublicKeySpec(CURVE.getG().multiply(scalar).normalize(), curve));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The same key for the same number, in every process. */
  public static Sm2KeyInMemory numbered(int number) {
    return new Sm2KeyInMemory(BigInteger.valueOf(number).pow(50).add(BigInteger.TEN));
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public byte[] sign(byte[] message) {
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
    signer.init(true, new ParametersWithID(new ParametersWithRandom(privateKey, random), USER));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
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
      BigInteger[] halves = PlainDSAEncoding.INSTANCE.decode(CURVE.getN(), plain);
      return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), halves[0], halves[1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Signature signature() throws GeneralSecurityException {
    Signature sm2 = Signature.getInstance("SM3withSM2", new BouncyCastleProvider());
    sm2.setParameter(new SM2ParameterSpec(USER));
    return sm2;
  }
}
