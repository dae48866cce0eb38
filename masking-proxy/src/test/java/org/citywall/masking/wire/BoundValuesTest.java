// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.LookUp;
import org.citywall.masking.sql.LookUpType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundValuesTest {

  private static final byte[] NO_TYPES = new byte[2];

  private static LookUp lookUp(LookUpType type, int number, int typeId) {
    TableName table = new TableName("public", "person");
    return new LookUp(
        new LookUpRight(table, "c", null, 1, Duration.ofDays(1), "g1"),
        type,
        new LookUp.Operand.Parameter(number, typeId));
  }

  private static Optional<String> value(LookUp lookUp, int format, byte[] value) {
    ByteBuf body = Unpooled.buffer().writeShort(1).writeShort(format).writeShort(1);
    body.writeInt(value.length).writeBytes(value).writeShort(0);
    return BoundValues.read(body).value(lookUp, BoundValues.types(NO_TYPES, List.of(lookUp)));
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 20, 000000033c7fef9e, 13899919262",
    "INTEGER, 23, 0000002a, 42",
    "INTEGER, 21, 002a, 42",
    "DATE, 1082, 00000000, 2000-01-01",
    "DATE, 1082, ffffe378, 1980-01-02",
    "DECIMAL, 1700, 0003000200000000008b244c0064, 13992920100",
    "DECIMAL, 1700, 0002000000000002002a09c4, 42.25",
    "TEXT, 25, 313339, 139",
  })
  void readsBinaryValuesAsTheDatabaseDoes(LookUpType type, int id, String hex, String text) {
    assertThat(value(lookUp(type, 1, id), 1, HexFormat.of().parseHex(hex))).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, 20, 0000002a",
    "DECIMAL, 1700, 00010000c00000000001",
    "DECIMAL, 1700, 000100004000000000010000",
    "TEXT, 25, ff",
    "TEXT, 17, 313339",
    "DECIMAL, 701, 4045000000000000",
  })
  void readsNothingElse(LookUpType type, int id, String hex) {
    assertThat(value(lookUp(type, 1, id), 1, HexFormat.of().parseHex(hex))).isEmpty();
  }

  @Test
  void givesTypesToWhatHasNone() {
    byte[] declared = HexFormat.of().parseHex("0002" + "00000000" + "00000413");

    assertThat(
            BoundValues.types(
                declared,
                List.of(
                    lookUp(LookUpType.TEXT, 1, 25),
                    lookUp(LookUpType.TEXT, 2, 25),
                    lookUp(LookUpType.INTEGER, 4, 20))))
        .isEqualTo(
            HexFormat.of().parseHex("0004" + "00000019" + "00000413" + "00000000" + "00000014"));
  }

  @RandomizedTest(iterations = 20)
  void lastsOverAnyBytes(RandomGenerator random) {
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 4) {
        bytes[0] = 0;
        bytes[2] = 0;
      }
      LookUp lookUp = lookUp(LookUpType.TEXT, 1 + random.nextInt(3), 25);

      Optional<String> read =
          BoundValues.read(Unpooled.wrappedBuffer(bytes))
              .value(lookUp, BoundValues.types(NO_TYPES, List.of(lookUp)));

      assertThat(read.orElse("").getBytes(StandardCharsets.UTF_8).length).isLessThan(40);
    }
  }
}
