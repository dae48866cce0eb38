// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
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
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A private key of SM2 (GB/T 32918.2-2016) on the recommended curve (GB/T 32918.5-2017), by Bouncy
 * Castle. The JDK knows neither the curve nor the algorithm. Thread-safe.
 */
final class Sm2PrivateKey {

  /** Object identifier of the curve sm2p256v1 (GM/T 0006). */
  static final String CURVE_ID = "1.2.156.10197.1.301";

  /** Length of a scalar and of each half of a signature. */
  static final int SCALAR_BYTES = 32;

  /** The user id that GB/T 35276 section 10 gives to those who have agreed on none. */
  private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

  private static final String CURVE_NAME = "sm2p256v1";
  private static final X9ECParameters CURVE = GMNamedCurves.getByName(CURVE_NAME);
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  /** An instance, never registered: only the classes here use it. */
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final ECPrivateKeyParameters key;
  private final SecureRandom random;

  private Sm2PrivateKey(BigInteger scalar, SecureRandom random) {
    this.key = new ECPrivateKeyParameters(scalar, DOMAIN);
    this.random = random;
  }

  static Sm2PrivateKey generate(SecureRandom random) {
    BigInteger largest = DOMAIN.getN().subtract(BigInteger.TWO);
    return new Sm2PrivateKey(
        BigIntegers.createRandomInRange(BigInteger.ONE, largest, random), random);
  }

  /** The key of 32 bytes, big-endian; others are refused with an IllegalArgumentException. */
  static Sm2PrivateKey of(byte[] scalar, SecureRandom random) {
    BigInteger value = new BigInteger(1, scalar);
    if (scalar.length != SCALAR_BYTES
        || value.signum() == 0
        || value.compareTo(DOMAIN.getN().subtract(BigInteger.TWO)) > 0) {
      throw new IllegalArgumentException("no SM2 private key");
    }
    return new Sm2PrivateKey(value, random);
  }

  /** 32 bytes, big-endian: for storing only. */
  byte[] scalar() {
    return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, key.getD());
  }

  PublicKey publicKey() {
    ECNamedCurveParameterSpec curve =
        new ECNamedCurveParameterSpec(
            CURVE_NAME, CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());
    try {
      return KeyFactory.getInstance("EC", PROVIDER)
          .generatePublic(
              new ECPublicKeySpec(
                  new FixedPointCombMultiplier().multiply(CURVE.getG(), key.getD()).normalize(),
                  curve));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signature of 64 bytes, r and then s, over SM3(Z || message). */
  byte[] sign(byte[] message) {
    SM2Signer signer = new SM2Signer(PlainDSAEncoding.INSTANCE, new SM3Digest());
    signer.init(true, new ParametersWithID(new ParametersWithRandom(key, random), USER_ID));
    signer.update(message, 0, message.length);
    try {
      return signer.generateSignature();
    } catch (CryptoException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
  }
}
