// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Hashing and sealing of one payload of 512 bytes with its salt, ours beside Bouncy Castle's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SealingBench {

  private static final int LENGTH = 544;

  private final byte[] plain = new byte[LENGTH];
  private final byte[] hashes = new byte[Sm3Lanes.LANES * Hash.BYTES];
  private final byte[] sealed = new byte[LENGTH + DataKey.OVERHEAD];
  private final Sm3 sm3 = new Sm3();
  private final Sm3Lanes lanes = new Sm3Lanes();
  private final SM3Digest bouncyCastleSm3 = new SM3Digest();
  private final MessageDigest sha256 = Sha256.digest();
  private final DataKey aes = PayloadCipher.AES_256_GCM.key(new byte[32]);
  private final DataKey sm4 = PayloadCipher.SM4_GCM.key(new byte[16]);
  private final GCMModeCipher bouncyCastleSm4 = GCMBlockCipher.newInstance(new SM4Engine());
  private long counter;

  @Benchmark
  public byte[] sha256() {
    return sha256.digest(plain);
  }

  @Benchmark
  public byte[] sm3() {
    sm3.update(plain, 0, LENGTH);
    sm3.digest(hashes, 0);
    return hashes;
  }

  @Benchmark
  @OperationsPerInvocation(Sm3Lanes.LANES)
  public byte[] sm3SideBySide() {
    while (!lanes.isFull()) {
      lanes.add(plain, 0, LENGTH);
    }
    lanes.digest(hashes, 0, Hash.BYTES);
    return hashes;
  }

  @Benchmark
  public byte[] sm3OfBouncyCastle() {
    bouncyCastleSm3.update(plain, 0, LENGTH);
    bouncyCastleSm3.doFinal(hashes, 0);
    return hashes;
  }

  @Benchmark
  public byte[] aes256Gcm() {
    aes.seal(counter++, plain, sealed, 0);
    return sealed;
  }

  @Benchmark
  public byte[] sm4Gcm() {
    sm4.seal(counter++, plain, sealed, 0);
    return sealed;
  }

  @Benchmark
  public byte[] sm4GcmOfBouncyCastle() throws InvalidCipherTextException {
    byte[] nonce = ByteBuffer.allocate(12).putLong(4, counter++).array();
    bouncyCastleSm4.init(
        true, new AEADParameters(new KeyParameter(new byte[16]), 8 * DataKey.TAG_BYTES, nonce));
    int done = bouncyCastleSm4.processBytes(plain, 0, LENGTH, sealed, 8);
    bouncyCastleSm4.doFinal(sealed, 8 + done);
    return sealed;
  }
}
