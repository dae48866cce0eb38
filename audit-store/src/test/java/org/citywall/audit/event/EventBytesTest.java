// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.Golden;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class EventBytesTest {

  private static final Instant TIME = Instant.parse("2026-03-01T23:40:00.123456Z");
  private static final SourcePosition POSITION = new SourcePosition("syslog-tls/gw-01", 7, 300);

  /** Length of everything before the count of fields, for {@link #POSITION}. */
  private static final int HEADER = 1 + 16 + 8 + 8 + 1 + 16 + 1 + 2;

  @RandomizedTest(iterations = 50)
  void readsBackWhatItWrote(RandomGenerator random) {
    Event event = anyEvent(random);

    Event read = Event.decode(event.encode());

    assertThat(read).isEqualTo(event);
    assertThat(read.encode()).isEqualTo(event.encode());
    assertThat(read.toBuilder().build()).isEqualTo(event);
  }

  /** One event has one encoding: bytes that are accepted are those that would be written. */
  @RandomizedTest(iterations = 20)
  void acceptsNoSecondEncodingOfAnyEvent(RandomGenerator random) {
    byte[] bytes = anyEvent(random).encode();
    for (int i = 0; i < 500; i++) {
      byte[] changed = mutate(bytes, random);
      try {
        Event event = Event.decode(changed);
        if (event.labels().keySet().stream().noneMatch(name -> name.startsWith("field_"))) {
          assertThat(event.encode()).isEqualTo(changed);
        }
      } catch (PlatformException e) {
        assertThat(e.code()).isEqualTo(AuditErrorCode.EVENT_BYTES_MALFORMED);
      }
    }
  }

  @RandomizedTest(iterations = 5)
  void refusesBytesThatEndEarlyOrLate(RandomGenerator random) {
    byte[] bytes = anyEvent(random).encode();
    for (int length = 0; length < bytes.length; length++) {
      refuses(Arrays.copyOf(bytes, length));
    }
    refuses(Arrays.copyOf(bytes, bytes.length + 1));
  }

  @RandomizedTest(iterations = 200)
  void ordersTextAsItsUtf8BytesAre(RandomGenerator random) {
    String a = anyText(random, 4);
    String b = random.nextInt(3) == 0 ? a + anyText(random, 2) : anyText(random, 4);

    int byBytes =
        Arrays.compareUnsigned(
            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    assertThat(Integer.signum(Unicode.UTF8_ORDER.compare(a, b))).isEqualTo(Integer.signum(byBytes));
  }

  @Test
  void writesTheSameBytesForEver() {
    Event event =
        Event.builder(POSITION, TIME, TIME.plusMillis(20))
            .put(Field.EVENT_CATEGORY, List.of("authentication", "session"))
            .put(Field.EVENT_ACTION, "ssh_login")
            .put(Field.EVENT_OUTCOME, "failure")
            .put(Field.GOV_SUBJECTS_COUNT, 4812)
            .put(Field.GOV_CLOCK_SKEW, -20_000)
            .put(Field.GOV_NOTE, "外包 \uD83D\uDC64")
            .label("vendor.ticket", "42")
            .label("区", "上城")
            .build();

    Golden.assertGolden("event-v1.hex", HexFormat.of().formatHex(event.encode()) + "\n");
  }

  @Test
  void showsAFieldOfANewerVersionAsALabel() {
    Event event = Event.decode(withFields(2, 1020 << 2, 14, 1021 << 2 | 1, text("new")));

    assertThat(event.labels()).containsEntry("field_1020", "7").containsEntry("field_1021", "new");
  }

  @Test
  void refusesAFieldThatComesTwice() {
    refuses(withFields(2, 1020 << 2, 14, 1020 << 2 | 1, text("x")));
    refuses(withFields(2, 1020 << 2, 14, 1020 << 2, 14));
    refuses(withFields(2, 1021 << 2, 14, 1020 << 2, 14));
  }

  @Test
  void refusesValuesThatWouldNotBeWritten() {
    int action = Field.EVENT_ACTION.number() << 2;
    refuses(withFields(1, action | 1, text("")));
    refuses(withFields(1, action, 2));
    refuses(withFields(1, action | 3, 2));
    refuses(withFields(1, action | 1, new byte[] {1, (byte) 0xFF}));
    refuses(withFields(1, action | 1, new byte[] {3, (byte) 0xED, (byte) 0xA0, (byte) 0x80}));
    refuses(withFields(1, Field.EVENT_CATEGORY.number() << 2 | 2, new byte[] {0}));
    refuses(withFields(1, Field.GOV_SUBJECTS_COUNT.number() << 2, new byte[] {(byte) 0x80, 0}));
  }

  @Test
  void refusesAnotherVersion() {
    byte[] bytes = Event.builder(POSITION, TIME, TIME).build().encode();
    bytes[0] = 2;

    refuses(bytes);
  }

  @Test
  void takesNoMemoryForFieldsThatAreOnlyClaimed() {
    int claimed = 4 << 20;
    byte[] header = new byte[HEADER + 4];
    System.arraycopy(Event.builder(POSITION, TIME, TIME).build().encode(), 0, header, 0, HEADER);
    for (int i = 0; i < 4; i++) {
      header[HEADER + i] = (byte) (claimed >>> 7 * i & 0x7F | (i < 3 ? 0x80 : 0));
    }
    byte[] bytes = Arrays.copyOf(header, header.length + claimed);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    refuses(bytes);
    long before = memory.getCurrentThreadAllocatedBytes();
    refuses(bytes);

    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(claimed);
  }

  @Test
  void keepsUndecodableTextReadable() {
    Event event = Event.builder(POSITION, TIME, TIME).put(Field.GOV_NOTE, "a\uD800b").build();

    assertThat(event.text(Field.GOV_NOTE)).isEqualTo("a\uFFFDb");
    assertThat(Event.decode(event.encode())).isEqualTo(event);
  }

  @Test
  void refusesAFieldOfAnotherType() {
    Event.Builder builder = Event.builder(POSITION, TIME, TIME);

    assertThatThrownBy(() -> builder.put(Field.EVENT_ACTION, 5))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.EVENT_INVALID));
  }

  @RandomizedTest(iterations = 20)
  void printsAnIdThatItReadsBack(RandomGenerator random) {
    EventId id = new EventId(random.nextLong(), random.nextLong());

    assertThat(EventId.parse(id.toString())).isEqualTo(id);
    assertThat(id.toString()).hasSize(32).isLowerCase();
  }

  @Test
  void tellsIdsOfPositionsAndClientsApart() {
    assertThat(EventId.of(POSITION))
        .isEqualTo(EventId.of(new SourcePosition("syslog-tls/gw-01", 7, 300)))
        .isNotEqualTo(EventId.of(new SourcePosition("syslog-tls/gw-01", 7, 301)))
        .isNotEqualTo(EventId.ofClient("syslog-tls/gw-01", "300"));
    assertThat(EventId.ofClient("a", "x")).isNotEqualTo(EventId.ofClient("b", "x"));
  }

  private static byte[] withFields(Object... parts) {
    byte[] empty = Event.builder(POSITION, TIME, TIME).build().encode();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(empty, 0, HEADER);
    for (Object part : parts) {
      if (part instanceof byte[] bytes) {
        out.writeBytes(bytes);
      } else {
        int rest = (Integer) part;
        while (rest > 0x7F) {
          out.write(rest & 0x7F | 0x80);
          rest >>>= 7;
        }
        out.write(rest);
      }
    }
    out.write(0);
    return out.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] framed = new byte[bytes.length + 1];
    framed[0] = (byte) bytes.length;
    System.arraycopy(bytes, 0, framed, 1, bytes.length);
    return framed;
  }

  private static void refuses(byte[] bytes) {
    assertThatThrownBy(() -> Event.decode(bytes))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.EVENT_BYTES_MALFORMED));
  }

  private static byte[] mutate(byte[] bytes, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(3)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) (flipped[at] ^ 1 << random.nextInt(8));
        return flipped;
      }
      case 1 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = (byte) (random.nextBoolean() ? 0x80 : random.nextInt(256));
        return longer;
      }
      default -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
        return shorter;
      }
    }
  }

  private static Event anyEvent(RandomGenerator random) {
    Event.Builder builder =
        Event.builder(
            new SourcePosition(
                "s" + anyText(random, 5),
                random.nextLong() >>> 1,
                1 + (random.nextLong() >>> 1 + random.nextInt(60))),
            Micros.toInstant(random.nextLong()),
            TIME);
    if (random.nextBoolean()) {
      builder.id(new EventId(random.nextLong(), random.nextLong()));
    }
    for (Field field : Field.values()) {
      if (random.nextInt(4) == 0) {
        putAny(builder, field, random);
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      builder.label("n" + anyText(random, 3), anyText(random, 10));
    }
    return builder.build();
  }

  private static void putAny(Event.Builder builder, Field field, RandomGenerator random) {
    switch (field.type()) {
      case KEYWORD, TEXT, IP -> builder.put(field, anyText(random, 20));
      case LONG, TIMESTAMP -> builder.put(field, random.nextLong() >> random.nextInt(64));
      case BOOLEAN -> builder.put(field, random.nextBoolean());
      case BINARY -> {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        builder.put(field, bytes);
      }
      case KEYWORDS -> {
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          texts.add(anyText(random, 6));
        }
        builder.put(field, texts);
      }
    }
  }

  private static String anyText(RandomGenerator random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      int codePoint =
          switch (random.nextInt(4)) {
            case 0 -> 0x20 + random.nextInt(0x5F);
            case 1 -> 0x80 + random.nextInt(0x700);
            case 2 -> 0x4E00 + random.nextInt(0x5000);
            default -> 0xF000 + random.nextInt(0x12000);
          };
      text.appendCodePoint(codePoint);
    }
    return text.toString();
  }
}
