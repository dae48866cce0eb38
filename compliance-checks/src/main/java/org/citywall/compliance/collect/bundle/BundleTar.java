// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The members of a bundle's tar file. Names are the manifest's and those of data, nothing is
 * unpacked to a disk, and no more than {@value #MOST_BYTES} bytes are read.
 */
final class BundleTar {

  static final String MANIFEST = "manifest";

  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int SUM_AT = 148;
  private static final int SUM = 8;
  private static final int TYPE_AT = 156;
  private static final int OCTAL = 8;
  private static final int MOST_MEMBERS = 5_000;
  private static final int MOST_MEMBER = 8 * 1024 * 1024;
  private static final int MOST_BYTES = 64 * 1024 * 1024;
  private static final Pattern DATA = Pattern.compile("data/[1-9][0-9]{0,3}");

  private BundleTar() {}

  /** The bytes of each member; {@code IOException} with the reason where it is no bundle. */
  static Map<String, byte[]> read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException("it has more than " + MOST_BYTES + " bytes");
    }
    Map<String, byte[]> members = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = block(in);
      while (!empty(header)) {
        String name = name(header);
        long size = octal(header, SIZE_AT, SIZE);
        if (size > MOST_MEMBER || members.size() >= MOST_MEMBERS) {
          throw new IOException(name + " is too large, or there are too many");
        }
        byte[] bytes = in.readNBytes((int) size);
        int padding = (int) (-size & BLOCK - 1);
        if (bytes.length < size || in.readNBytes(padding).length < padding) {
          throw new IOException("it ends within " + name);
        }
        if (members.put(name, bytes) != null) {
          throw new IOException(name + " is there twice");
        }
        header = block(in);
      }
      requireNothing(in);
    }
    return members;
  }

  private static String name(byte[] header) throws IOException {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= SUM_AT && i < SUM_AT + SUM ? ' ' : header[i] & 0xFF;
    }
    if (sum != octal(header, SUM_AT, SUM)) {
      throw new IOException("it is no tar file");
    }
    int end = 0;
    while (end < NAME && header[end] != 0) {
      end++;
    }
    String name = new String(header, 0, end, StandardCharsets.US_ASCII);
    if (!name.equals(MANIFEST) && !DATA.matcher(name).matches()) {
      throw new IOException("a member has a name that none has in a bundle");
    }
    if (header[TYPE_AT] != '0' && header[TYPE_AT] != 0) {
      throw new IOException(name + " is no regular file");
    }
    return name;
  }

  private static long octal(byte[] header, int at, int length) throws IOException {
    String digits = new String(header, at, length, StandardCharsets.US_ASCII);
    String number = digits.replace('\0', ' ').strip();
    if (!number.matches("[0-7]{1,11}")) {
      throw new IOException("it is no tar file");
    }
    return Long.parseLong(number, OCTAL);
  }

  private static byte[] block(InputStream in) throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new IOException("it has no end");
    }
    return block;
  }

  private static void requireNothing(InputStream in) throws IOException {
    byte[] rest = in.readNBytes(BLOCK);
    while (rest.length > 0) {
      if (!empty(rest)) {
        throw new IOException("there is more behind its end");
      }
      rest = in.readNBytes(BLOCK);
    }
  }

  private static boolean empty(byte[] block) {
    for (byte one : block) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }
}
