// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.log.Hash;

/**
 * What a snapshot says once.
 *
 * @param next leaf to go on from
 * @param destruction leaf of the newest destruction that was regarded, -1 for none
 * @param newestDay days since 1970
 * @param tooOld entries that came too late
 * @param folded entries that were not told apart
 * @param files one for each day
 */
record Head(
    long next, long destruction, long newestDay, long tooOld, long folded, List<DayFile> files) {

  private static final String FORMAT = "citywall-exposure/1";

  /** A day's bytes. */
  record DayFile(int day, String name, String sha256) {}

  Head {
    files = List.copyOf(files);
  }

  byte[] encode() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append("next ").append(next).append('\n');
    text.append("destruction ").append(destruction).append('\n');
    text.append("newest-day ").append(newestDay).append('\n');
    text.append("too-old ").append(tooOld).append('\n');
    text.append("folded ").append(folded).append('\n');
    for (DayFile file : files) {
      text.append("day ").append(file.day()).append(' ').append(file.name());
      text.append(' ').append(file.sha256()).append('\n');
    }
    String sum = sum(text.toString());
    text.append("sum ").append(sum).append('\n');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String sum(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** Reads what {@link #encode} wrote; an {@code IOException} for anything else. */
  static Head decode(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.lastIndexOf("sum ");
    if (!text.startsWith(FORMAT + '\n')
        || end < 0
        || !text.substring(end).equals("sum " + sum(text.substring(0, end)) + '\n')) {
      throw new IOException("the head is not whole");
    }
    String[] lines = text.substring(0, end).split("\n");
    List<DayFile> files = new ArrayList<>();
    for (int i = 6; i < lines.length; i++) {
      String[] parts = lines[i].split(" ");
      files.add(new DayFile(Integer.parseInt(parts[1]), parts[2], parts[3]));
    }
    return new Head(
        number(lines[1]),
        number(lines[2]),
        number(lines[3]),
        number(lines[4]),
        number(lines[5]),
        files);
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(line.indexOf(' ') + 1));
  }
}
