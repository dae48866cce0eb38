// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * The ustar header of a regular file in the one spelling that this package writes.
 *
 * @param name path with slashes
 * @param length bytes that follow, without padding
 */
record TarHeader(String name, long length) {

  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE = 12;
  private static final int CHECKSUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX = 155;
  private static final long FIRST_BEYOND_OCTAL = 1L << 33;
  private static final byte BASE_256 = (byte) 0x80;

  /** Bytes of padding behind a member of this length. */
  static int padding(long length) {
    return (int) (-length & BLOCK - 1);
  }

  /** The header; an {@code IllegalArgumentException} where the name does not fit in one. */
  byte[] encode() {
    byte[] block = new byte[BLOCK];
    putName(block);
    put(block, NAME, "0000600");
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    if (length < FIRST_BEYOND_OCTAL) {
      put(block, SIZE_AT, String.format(Locale.ROOT, "%011o", length));
    } else {
      block[SIZE_AT] = BASE_256;
      ByteBuffer.wrap(block).putLong(SIZE_AT + SIZE - 8, length);
    }
    put(block, 136, "00000000000");
    block[TYPE_AT] = '0';
    put(block, 257, "ustar");
    put(block, 263, "00");
    Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
    int sum = 0;
    for (byte value : block) {
      sum += value & 0xFF;
    }
    put(block, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0", sum));
    return block;
  }

  private void putName(byte[] block) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int split = 0;
    if (bytes.length > NAME) {
      split = Math.min(PREFIX, bytes.length - 1);
      while (split > 0 && bytes[split] != '/') {
        split--;
      }
      if (split == 0 || bytes.length - split - 1 > NAME) {
        throw new IllegalArgumentException("the name is too long: " + name);
      }
      System.arraycopy(bytes, 0, block, PREFIX_AT, split);
      split++;
    }
    System.arraycopy(bytes, split, block, 0, bytes.length - split);
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /** Reads a header; what this package would not have written is refused with its reason. */
  static TarHeader decode(byte[] block) {
    if (block[TYPE_AT] != '0') {
      throw hostile("a member is no regular file");
    }
    String prefix = text(block, PREFIX_AT, PREFIX);
    String last = text(block, 0, NAME);
    TarHeader header = new TarHeader(prefix.isEmpty() ? last : prefix + "/" + last, length(block));
    if (!MemberName.isSafe(header.name)) {
      throw hostile("a member's name leads out of the folder or is none");
    }
    try {
      if (Arrays.equals(header.encode(), block)) {
        return header;
      }
    } catch (IllegalArgumentException e) {
      throw new PlatformException(AuditErrorCode.BACKUP_DAMAGED, "name of a member", e);
    }
    throw new PlatformException(AuditErrorCode.BACKUP_DAMAGED, "a header was altered");
  }

  private static long length(byte[] block) {
    long length = 0;
    if (block[SIZE_AT] == BASE_256) {
      length = ByteBuffer.wrap(block).getLong(SIZE_AT + SIZE - 8);
    } else {
      for (int i = SIZE_AT; i < SIZE_AT + SIZE - 1; i++) {
        length = length << 3 | block[i] & 7;
      }
    }
    if (length < 0) {
      throw hostile("a member of impossible length");
    }
    return length;
  }

  private static String text(byte[] block, int at, int max) {
    int end = at;
    while (end < at + max && block[end] != 0) {
      end++;
    }
    return new String(block, at, end - at, StandardCharsets.UTF_8);
  }

  private static PlatformException hostile(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_HOSTILE, what);
  }
}
