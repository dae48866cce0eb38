// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.internal.intake.Frame;
import org.junit.jupiter.api.Test;

class SyslogFramingTest {

  private static final int MAX = 64;

  @Test
  void readsLinesAndCountedRecordsOnOneConnection() throws IOException {
    assertThat(texts("<1>a\n5 <2>b\n<3>c\r\n\n{\"x\":1}\n7 {\"y\":2}<4>d"))
        .containsExactly("<1>a", "<2>b\n", "<3>c", "{\"x\":1}", "{\"y\":2}", "<4>d");
  }

  @Test
  void takesALineThatBeginsWithANumberForALine() throws IOException {
    assertThat(texts("2026-01-01T00:00:00Z host app: x\n12 monkeys\n1234567890 <x\n9\n"))
        .containsExactly("2026-01-01T00:00:00Z host app: x", "12 monkeys", "1234567890 <x", "9");
  }

  @Test
  void cutsARecordBeyondTheLimitIntoPieces() throws IOException {
    String line = "<1>" + "x".repeat(2 * MAX);
    String counted = "<2>" + "y".repeat(2 * MAX);

    List<Frame> frames = frames(line + "\n" + counted.length() + " " + counted + "<3>z\n", null);

    assertThat(frames).hasSize(7);
    assertThat(frames.subList(0, 6))
        .extracting(Frame::fault)
        .containsOnly(CollectErrorCode.RECORD_TOO_LONG);
    assertThat(text(frames.subList(0, 3))).isEqualTo(line);
    assertThat(text(frames.subList(3, 6))).isEqualTo(counted);
    assertThat(frames.getLast().fault()).isNull();
  }

  @Test
  void losesNothingWhereACountIsWrong() throws IOException {
    assertThat(texts("5 <1>hello\n6 <2>abc5 <3>de\n0 <4>f\n"))
        .containsExactly("<1>he", "llo", "<2>abc", "<3>de", "0 <4>f");

    List<Frame> tooLong = frames("40 <1>a\n<2>b\n", null);
    assertThat(text(tooLong)).isEqualTo("<1>a\n<2>b\n");
    assertThat(tooLong).extracting(Frame::fault).containsOnly(CollectErrorCode.RECORD_INCOMPLETE);
  }

  @Test
  void marksARecordInsideWhichTheStreamEnds() throws IOException {
    List<Frame> frames = frames("20 <1>short", null);

    assertThat(frames).extracting(Frame::fault).containsExactly(CollectErrorCode.RECORD_INCOMPLETE);
    assertThat(text(frames)).isEqualTo("<1>short");
  }

  @RandomizedTest(iterations = 200)
  void givesTheSameFramesHoweverTheStreamIsChunked(RandomGenerator random) throws IOException {
    String stream = randomStream(random);

    assertThat(describe(frames(stream, random))).isEqualTo(describe(frames(stream, null)));
  }

  @RandomizedTest(iterations = 200)
  void losesNoByteOfRandomGarbage(RandomGenerator random) throws IOException {
    byte[] garbage = new byte[random.nextInt(2000)];
    for (int i = 0; i < garbage.length; i++) {
      garbage[i] =
          (byte)
              (random.nextInt(4) == 0
                  ? "\n\r 0123456789<{".charAt(random.nextInt(15))
                  : random.nextInt(256));
    }

    int kept = 0;
    for (Frame frame : frames(new String(garbage, ISO_8859_1), random)) {
      kept += frame.bytes().length;
      assertThat(frame.bytes().length).isBetween(1, MAX);
    }

    assertThat(kept).isLessThanOrEqualTo(garbage.length);
    assertThat(kept).isGreaterThanOrEqualTo(garbage.length - framing(garbage));
  }

  /** Bytes that may be framing: line ends, and digits with the space behind them. */
  private static int framing(byte[] garbage) {
    int count = 0;
    for (byte b : garbage) {
      if (b == '\n' || b == '\r' || b == ' ' || b >= '0' && b <= '9') {
        count++;
      }
    }
    return count;
  }

  private static String randomStream(RandomGenerator random) {
    StringBuilder stream = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      String record = "<" + random.nextInt(192) + ">" + "m".repeat(random.nextInt(2 * MAX));
      switch (random.nextInt(4)) {
        case 0 -> stream.append(record).append('\n');
        case 1 -> stream.append(record.length()).append(' ').append(record);
        case 2 -> stream.append(record).append("\r\n\n");
        default -> stream.append(random.nextLong(10_000_000_000L)).append(" <x\n");
      }
    }
    return stream.toString();
  }

  private static List<String> texts(String stream) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Frame frame : frames(stream, null)) {
      assertThat(frame.fault()).isNull();
      texts.add(new String(frame.bytes(), ISO_8859_1));
    }
    return texts;
  }

  private static String text(List<Frame> frames) {
    StringBuilder text = new StringBuilder();
    frames.forEach(frame -> text.append(new String(frame.bytes(), ISO_8859_1)));
    return text.toString();
  }

  private static List<String> describe(List<Frame> frames) {
    return frames.stream()
        .map(frame -> frame.fault() + ":" + new String(frame.bytes(), ISO_8859_1))
        .toList();
  }

  /** Reads the stream at once, or in chunks of random size. */
  private static List<Frame> frames(String stream, RandomGenerator random) throws IOException {
    InputStream in =
        new ByteArrayInputStream(stream.getBytes(ISO_8859_1)) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            return super.read(
                into, offset, random == null ? length : 1 + random.nextInt(Math.min(length, 40)));
          }
        };
    FrameBuffer buffer = new FrameBuffer(new BufferBudget(1 << 20), Duration.ZERO);
    SyslogFraming framing = new SyslogFraming(buffer, MAX);
    List<Frame> frames = new ArrayList<>();
    while (fill(buffer, in)) {
      for (Frame frame = framing.next(); frame != null; frame = framing.next()) {
        frames.add(frame);
      }
    }
    Frame rest = framing.finish(true);
    if (rest != null) {
      frames.add(rest);
    }
    return frames;
  }

  private static boolean fill(FrameBuffer buffer, InputStream in) throws IOException {
    try {
      return buffer.fill(in);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
