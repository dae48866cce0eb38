// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataKeyTest {

  /** GB/T 32907-2016, annex A.1. */
  @Test
  void encryptsTheExampleOfTheStandard() {
    Sm4 sm4 = new Sm4(HexFormat.of().parseHex("0123456789abcdeffedcba9876543210"));
    byte[] blocks = new byte[4 * Sm4.BLOCK];

    sm4.fourBlocks(0x01234567, 0x89abcdef, 0xfedcba98, 0x76543210, blocks);

    assertThat(HexFormat.of().formatHex(blocks)).startsWith("681edf34d206965e86b3e94f536e4246");
  }

  @RandomizedTest
  void agreesWithBouncyCastleForEveryLength(RandomGenerator random) throws Exception {
    for (PayloadCipher cipher : PayloadCipher.values()) {
      byte[] material = new byte[cipher.keyBytes()];
      for (int length = 0; length < 700; length++) {
        random.nextBytes(material);
        byte[] plain = new byte[length];
        random.nextBytes(plain);
        long counter = random.nextLong();
        byte[] sealed = new byte[length + DataKey.OVERHEAD];
        DataKey key = cipher.key(material);

        key.seal(counter, plain, sealed, 0);

        assertThat(sealed)
            .as("%s, %d bytes", cipher, length)
            .isEqualTo(bouncyCastle(cipher, material, counter, plain));
        assertThat(key.open(sealed)).isEqualTo(plain);
      }
    }
  }

  @RandomizedTest(iterations = 2)
  void refusesAnyBitChanged(RandomGenerator random) {
    for (PayloadCipher cipher : PayloadCipher.values()) {
      byte[] material = new byte[cipher.keyBytes()];
      random.nextBytes(material);
      DataKey key = cipher.key(material);
      byte[] sealed = new byte[100 + DataKey.OVERHEAD];
      key.seal(7, new byte[100], sealed, 0);
      for (int i = 0; i < 300; i++) {
        int at = random.nextInt(sealed.length);
        byte mask = (byte) (1 << random.nextInt(8));
        sealed[at] ^= mask;

        assertThat(key.open(sealed)).as("%s, byte %d", cipher, at).isNull();
        sealed[at] ^= mask;
      }
      assertThat(key.open(sealed)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsTooShortToBeSealed(PayloadCipher cipher) {
    DataKey key = cipher.key(new byte[cipher.keyBytes()]);

    for (int length = 0; length < DataKey.OVERHEAD; length++) {
      assertThat(key.open(new byte[length])).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesKeysOfAnotherLength(PayloadCipher cipher) {
    assertThatThrownBy(() -> cipher.key(new byte[cipher.keyBytes() + 8]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] bouncyCastle(PayloadCipher cipher, byte[] key, long counter, byte[] plain)
      throws InvalidCipherTextException {
    GCMModeCipher gcm =
        GCMBlockCipher.newInstance(
            switch (cipher) {
              case AES_256_GCM -> AESEngine.newInstance();
              case SM4_GCM -> new SM4Engine();
            });
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(counter).array();
    gcm.init(true, new AEADParameters(new KeyParameter(key), 128, nonce));
    byte[] out = new byte[8 + gcm.getOutputSize(plain.length)];
    ByteBuffer.wrap(out).putLong(counter);
    int done = gcm.processBytes(plain, 0, plain.length, out, 8);
    gcm.doFinal(out, 8 + done);
    return out;
  }
}
