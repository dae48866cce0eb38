// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citywall.audit.subject.SubjectSketch;

/** Accesses of one day by their place. Not safe for use by several threads. */
final class Day {

  private static final int NUMBERS = 7;

  final Map<Place, Cell> cells = new HashMap<>();

  /** Whether it is not what was saved last. */
  boolean changed;

  /** Its bytes, as the package documentation specifies them. */
  byte[] encode() {
    try {
      Map<String, Integer> texts = new LinkedHashMap<>();
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      for (Map.Entry<Place, Cell> one : cells.entrySet()) {
        write(out, one.getKey(), texts);
        write(out, one.getValue());
      }
      ByteArrayOutputStream whole = new ByteArrayOutputStream(body.size() + 1024);
      DataOutputStream head = new DataOutputStream(whole);
      head.writeInt(texts.size());
      for (String text : texts.keySet()) {
        byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        head.writeInt(utf8.length);
        head.write(utf8);
      }
      head.writeInt(cells.size());
      body.writeTo(head);
      return whole.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory take everything", e);
    }
  }

  private static void write(DataOutputStream out, Place place, Map<String, Integer> texts)
      throws IOException {
    for (String text : place.texts()) {
      Integer known = texts.get(text);
      int number = known == null ? texts.size() : known;
      if (known == null) {
        texts.put(text, number);
      }
      out.writeInt(number);
    }
    out.writeByte(place.level());
  }

  private static void write(DataOutputStream out, Cell cell) throws IOException {
    for (long number : cell.numbers()) {
      out.writeLong(number);
    }
    byte[] sketch = cell.persons.encode();
    out.writeInt(sketch.length);
    out.write(sketch);
  }

  /** Reads what {@link #encode} wrote; an {@code IOException} for anything else. */
  static Day decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String[] texts = new String[in.readInt()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
      }
      Day day = new Day();
      for (int left = in.readInt(); left > 0; left--) {
        Place place = place(in, texts);
        day.cells.put(place, cell(in));
      }
      return day;
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IOException("a number is wrong", e);
    }
  }

  private static Place place(DataInputStream in, String[] texts) throws IOException {
    String[] own = new String[Place.TEXTS];
    for (int i = 0; i < own.length; i++) {
      own[i] = texts[in.readInt()];
    }
    return Place.of(own, in.readByte());
  }

  private static Cell cell(DataInputStream in) throws IOException {
    long[] numbers = new long[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = in.readLong();
    }
    byte[] sketch = in.readNBytes(in.readInt());
    SubjectSketch persons =
        SubjectSketch.decode(sketch).orElseThrow(() -> new IOException("no sketch"));
    return new Cell(persons, numbers);
  }
}
