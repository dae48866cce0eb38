// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class Sm3Test {

  private final Sm3 sm3 = new Sm3();
  private final byte[] hash = new byte[Sm3.BYTES];

  /** GB/T 32905-2016, annex A.1 and A.2. */
  @Test
  void hashesTheExamplesOfTheStandard() {
    assertThat(Hash.sm3(ascii("abc")).hex())
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assertThat(Hash.sm3(ascii("abcd".repeat(16))).hex())
        .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  }

  @Test
  void hashesEveryLengthUpToSomeBlocks() {
    for (int length = 0; length < 400; length++) {
      byte[] message = new byte[length];
      Arrays.fill(message, (byte) length);

      assertThat(Hash.sm3(message)).as("%d bytes", length).isEqualTo(bouncyCastle(message));
    }
  }

  @RandomizedTest
  void agreesWithBouncyCastleHoweverTheMessageComes(RandomGenerator random) {
    for (int i = 0; i < 100_000; i++) {
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(message);
      int at = 0;
      while (at < message.length) {
        int step = 1 + random.nextInt(message.length - at);
        if (step == 1) {
          sm3.update(message[at]);
        } else {
          sm3.update(message, at, step);
        }
        at += step;
      }
      sm3.digest(hash, 0);

      assertThat(Hash.of(hash)).isEqualTo(bouncyCastle(message));
    }
  }

  @RandomizedTest(iterations = 3)
  void hashesMessagesSideBySideAsOneByOne(RandomGenerator random) {
    Sm3Lanes lanes = new Sm3Lanes();
    for (int round = 0; round < 200; round++) {
      int count = 1 + random.nextInt(Sm3Lanes.LANES);
      int longest = 1 + random.nextInt(round % 2 == 0 ? 140 : 1000);
      byte[] hashes = new byte[5 + count * 40];
      Hash[] expected = new Hash[count];
      for (int i = 0; i < count; i++) {
        byte[] message = new byte[random.nextInt(longest) + 9];
        random.nextBytes(message);
        int at = random.nextInt(9);
        int length = random.nextInt(message.length - at + 1);
        byte[] slice = Arrays.copyOfRange(message, at, at + length);
        if (random.nextBoolean()) {
          lanes.add(message, at, length);
          expected[i] = bouncyCastle(slice);
        } else {
          byte[] prefixed = new byte[1 + length];
          prefixed[0] = (byte) i;
          System.arraycopy(slice, 0, prefixed, 1, length);
          lanes.add((byte) i, message, at, length);
          expected[i] = bouncyCastle(prefixed);
        }
      }
      lanes.digest(hashes, 5, 40);

      for (int i = 0; i < count; i++) {
        assertThat(Hash.of(Arrays.copyOfRange(hashes, 5 + 40 * i, 37 + 40 * i)))
            .as("message %d of %d", i, count)
            .isEqualTo(expected[i]);
      }
    }
  }

  @Test
  void hashesEveryLengthUpToSomeBlocksSideBySide() {
    Sm3Lanes lanes = new Sm3Lanes();
    byte[] message = new byte[400];
    byte[] hashes = new byte[2 * Sm3.BYTES];
    for (int length = 0; length < 400; length++) {
      lanes.add(message, 0, length);
      lanes.add((byte) 0, message, 0, length);
      lanes.digest(hashes, 0, Sm3.BYTES);

      assertThat(Hash.of(Arrays.copyOf(hashes, 32)))
          .as("%d bytes", length)
          .isEqualTo(bouncyCastle(new byte[length]));
      assertThat(Hash.of(Arrays.copyOfRange(hashes, 32, 64)))
          .as("%d bytes behind a byte", length)
          .isEqualTo(bouncyCastle(new byte[length + 1]));
    }
  }

  @Test
  void writesWhereItIsTold() {
    byte[] to = new byte[Sm3.BYTES + 4];
    sm3.update(ascii("abc"), 0, 3);

    sm3.digest(to, 3);

    assertThat(to).startsWith(0, 0, 0, 0x66, 0xc7).endsWith(0xe0, 0);
  }

  private static Hash bouncyCastle(byte[] message) {
    SM3Digest digest = new SM3Digest();
    byte[] hash = new byte[Sm3.BYTES];
    digest.update(message, 0, message.length);
    digest.doFinal(hash, 0);
    return Hash.of(hash);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
