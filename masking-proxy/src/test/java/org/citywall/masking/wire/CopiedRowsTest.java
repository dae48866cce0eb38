// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.CopyFormat;
import org.citywall.masking.sql.WrittenColumn;
import org.citywall.masking.sql.WrittenText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiedRowsTest {

  private static final String MASKED = "138****5678";
  private static final WrittenColumn PHONE =
      new WrittenColumn(
          new TableName("public", "person"),
          "phone",
          List.of(
              new MaskedForm(
                  new CharacterMask.KeepFirstLast(3, 4, '*'), IdentifierKind.MOBILE_NUMBER)));

  private static CopyFormat text() {
    return new CopyFormat(CopyFormat.Kind.TEXT, '\t', '"', '"', "\\N", false);
  }

  private static CopyFormat csv(char escape, boolean header) {
    return new CopyFormat(CopyFormat.Kind.CSV, ',', '"', escape, "***", header);
  }

  /** What is found in the data, cut anywhere. */
  private static Optional<String> found(CopyFormat format, byte[] data, RandomGenerator random) {
    CopiedRows rows = CopiedRows.of(new WrittenText.Copied(format, Map.of(1, PHONE)));
    ByteBuf all = Unpooled.wrappedBuffer(data);
    while (all.isReadable()) {
      rows.take(all.readSlice(1 + random.nextInt(all.readableBytes())));
    }
    rows.end();
    return rows.masked();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1<138****5678;                       | 1",
        "1<13900000001;2<138****5678          | 2",
        "1<\\N;2<a\\\\b;3<138****5678<x;         | 3",
        "\\.x<138****5678                     | 0",
        "138****5678<13900000001;2<;          | 0",
        "1<138****\\;5678;                    | 0",
        "1<\\*\\*\\*;                          | 1",
        "x\\.;1<138****5678;                  | 2",
      })
  void findTheFieldInLinesOfText(String data, int row) {
    byte[] lines = data.replace('<', '\t').replace(';', '\n').getBytes(UTF_8);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    assertThat(found(text(), lines, random)).isEqualTo(named(row));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1,138****5678;                             | \" | false | 1",
        "'a;b',13900000001;2,'138****5678';         | \" | false | 2",
        "'a'',b',x;2,'138****5678'                  | \" | false | 2",
        "'a\\',b',x;2,138****5678                   | \\ | false | 2",
        "'a\\\\',x;2,138****5678                    | \\ | false | 2",
        "id,***********;1,13900000001;2,138****5678 | \" | true  | 2",
        "id,138****5678;1,13900000001               | \" | true  | 0",
        "1,***;                                     | \" | false | 0",
        "1,'***';                                   | \" | false | 1",
        "1,'138***'*5678;                           | \" | false | 1",
      })
  void findTheFieldInLinesOfCsv(String data, char escape, boolean header, int row) {
    for (String end : List.of("\n", "\r\n", "\r")) {
      byte[] lines = data.replace("'", "\"").replace(";", end).getBytes(UTF_8);
      RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

      assertThat(found(csv(escape, header), lines, random)).as(end).isEqualTo(named(row));
    }
  }

  @RandomizedTest(iterations = 20)
  void findTheFieldInBinaryRows(RandomGenerator random) {
    CopyFormat binary = new CopyFormat(CopyFormat.Kind.BINARY, '\t', '"', '"', "\\N", false);
    int rows = 1 + random.nextInt(50);
    int masked = random.nextInt(rows + 1);
    ByteBuf data = Unpooled.buffer();
    data.writeBytes(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0});
    int header = random.nextInt(20);
    data.writeInt(0).writeInt(header).writeZero(header);
    for (int row = 1; row <= rows; row++) {
      data.writeShort(3).writeInt(4).writeInt(random.nextInt());
      if (row == masked) {
        data.writeInt(MASKED.length()).writeBytes(MASKED.getBytes(UTF_8));
      } else {
        data.writeInt(random.nextBoolean() ? -1 : 0);
      }
      data.writeInt(MASKED.length()).writeBytes(MASKED.getBytes(UTF_8));
    }
    data.writeShort(-1);
    byte[] bytes = new byte[data.readableBytes()];
    data.readBytes(bytes);

    assertThat(found(binary, bytes, random)).isEqualTo(named(masked));
  }

  private static Optional<String> named(int row) {
    return row == 0 ? Optional.empty() : Optional.of("public.person.phone, row " + row);
  }
}
