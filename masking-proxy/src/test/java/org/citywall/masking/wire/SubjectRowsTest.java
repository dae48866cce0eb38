// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.testing.RandomizedTest;
import org.jspecify.annotations.Nullable;

class SubjectRowsTest {

  private static final SubjectKey KEY =
      SubjectKey.of(Sensitive.of("a key for rows that come in pieces"));

  @RandomizedTest(iterations = 50)
  void readsRowsThatAreCutAnywhere(RandomGenerator random) {
    BitSet places = new BitSet();
    places.set(random.nextInt(3));
    places.set(random.nextInt(3));
    ByteBuf rows = Unpooled.buffer();
    Set<Long> persons = new HashSet<>();
    long known = 0;
    for (int i = 0; i < 40; i++) {
      boolean said = false;
      rows.writeByte('D');
      int start = rows.writerIndex();
      rows.writeInt(0).writeShort(3);
      for (int place = 0; place < 3; place++) {
        String value = value(random);
        write(rows, value);
        if (places.get(place) && value != null && !value.isBlank() && value.length() <= 256) {
          persons.add(KEY.hash(value.strip()));
          said = true;
        }
      }
      rows.setInt(start, rows.writerIndex() - start);
      known += said ? 1 : 0;
    }
    SubjectTally tally = new SubjectTally(KEY);
    SubjectRows reading = new SubjectRows(places, tally);

    for (int at = 0; at < rows.writerIndex(); ) {
      int end = Math.min(rows.writerIndex(), at + 1 + random.nextInt(60));
      reading.take(rows.slice(at, end - at));
      at = end;
    }
    rows.release();

    assertThat(tally.gathered().rows()).isEqualTo(known);
    assertThat(Set.copyOf(tally.gathered().listed())).isEqualTo(persons);
  }

  private static @Nullable String value(RandomGenerator random) {
    return List.of(
            "null", "", "  ", "p" + random.nextInt(9), " p1 ", "x".repeat(300), "y".repeat(3000))
        .stream()
        .skip(random.nextInt(7))
        .findFirst()
        .filter(text -> !text.equals("null"))
        .orElse(null);
  }

  private static void write(ByteBuf rows, @Nullable String value) {
    if (value == null) {
      rows.writeInt(-1);
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      rows.writeInt(bytes.length).writeBytes(bytes);
    }
  }
}
