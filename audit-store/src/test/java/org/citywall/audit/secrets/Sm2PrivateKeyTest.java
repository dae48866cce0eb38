// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.util.test.TestRandomBigInteger;
import org.junit.jupiter.api.Test;

/** The example of GB/T 32918.5-2017 annex A.2: key, random number, public key, signature. */
class Sm2PrivateKeyTest {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SCALAR =
      HEX.parseHex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8");
  private static final String RANDOM_NUMBER =
      "59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21";
  private static final String POINT =
      "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
          + "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
  private static final String SIGNATURE =
      "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
          + "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

  @Test
  void signsAsTheStandardsExampleDoes() {
    SecureRandom fixed = new TestRandomBigInteger(RANDOM_NUMBER, 16);
    Sm2PrivateKey key = Sm2PrivateKey.of(SCALAR, fixed);

    byte[] signature = key.sign("message digest".getBytes(StandardCharsets.US_ASCII));

    assertThat(HEX.formatHex(signature)).isEqualTo(SIGNATURE);
    assertThat(HEX.formatHex(key.publicKey().getEncoded())).endsWith("04" + POINT);
  }

  @Test
  void publishesItsKeyUnderTheCurvesName() {
    byte[] encoded = Sm2PrivateKey.of(SCALAR, new SecureRandom()).publicKey().getEncoded();

    // id-ecPublicKey and 1.2.156.10197.1.301
    assertThat(HEX.formatHex(encoded))
        .startsWith("3059301306072a8648ce3d020106082a811ccf5501822d0342");
  }

  @Test
  void givesBackTheScalarItWasMadeOf() {
    assertThat(Sm2PrivateKey.of(SCALAR, new SecureRandom()).scalar()).isEqualTo(SCALAR);
  }

  @Test
  void refusesScalarsThatAreNoKey() {
    SecureRandom random = new SecureRandom();
    BigInteger order =
        new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);
    byte[] lastButOne = HEX.parseHex(order.subtract(BigInteger.ONE).toString(16));
    byte[] largest = HEX.parseHex(order.subtract(BigInteger.TWO).toString(16));

    assertThatThrownBy(() -> Sm2PrivateKey.of(new byte[32], random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sm2PrivateKey.of(new byte[31], random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sm2PrivateKey.of(lastButOne, random))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Sm2PrivateKey.of(largest, random).scalar()).isEqualTo(largest);
  }
}
