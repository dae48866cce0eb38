// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Bytes of records and of segment headers (see the package documentation). */
final class RecordFormat {

  static final int SEGMENT_HEADER = 32;
  static final int RECORD_HEADER = 32;
  static final int BODY = 24;
  static final int SALT = SaltStream.SALT_BYTES;

  private static final long MAGIC = 0x4357_5345_470D_0A1AL;
  private static final int VERSION = 1;
  private static final byte ENTRY = 1;
  private static final byte PLAIN = 0;
  private static final int MIN_LENGTH = RECORD_HEADER + SALT + 1;

  private RecordFormat() {}

  static byte[] segmentHeader(long firstLeaf) {
    ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER);
    header.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(firstLeaf).putInt(0);
    header.putInt(crc(header, 0, SEGMENT_HEADER - 4));
    return header.array();
  }

  /** Whether this is the header of the segment that begins with this leaf. */
  static boolean isSegmentHeader(ByteBuffer header, long firstLeaf) {
    if (header.limit() < SEGMENT_HEADER
        || header.getLong(0) != MAGIC
        || header.getInt(28) != crc(header, 0, SEGMENT_HEADER - 4)) {
      return false;
    }
    if (header.getInt(8) != VERSION) {
      throw new PlatformException(AuditErrorCode.LOG_FORMAT, "segment version " + header.getInt(8));
    }
    return header.getLong(16) == firstLeaf && header.getInt(12) == 0 && header.getInt(24) == 0;
  }

  /**
   * What follows leaf and commit in a record with an open payload: known before its place in the
   * log is.
   *
   * @param plain salt and payload
   */
  static byte[] body(byte[] envelope, byte[] plain) {
    return ByteBuffer.allocate(8 + envelope.length + plain.length)
        .put(ENTRY)
        .put(PLAIN)
        .putShort((short) envelope.length)
        .putInt(0)
        .put(plain, 0, SALT)
        .put(envelope)
        .put(plain, SALT, plain.length - SALT)
        .array();
  }

  /** The same with salt and payload sealed under this key. */
  static byte[] sealedBody(byte[] envelope, byte[] plain, SealingKeys.Current key) {
    int start = 8 + envelope.length;
    byte[] body = new byte[start + plain.length + DataKey.OVERHEAD];
    ByteBuffer.wrap(body)
        .put(ENTRY)
        .put((byte) key.cipher().code())
        .putShort((short) envelope.length)
        .putInt(key.number())
        .put(envelope);
    key.key().seal(key.nextCounter(), plain, body, start);
    return body;
  }

  /** Appends a whole record to a buffer that has room for it. */
  static void put(ByteBuffer out, long leaf, long commit, byte[] body) {
    int start = out.position();
    out.putInt(0).putInt(BODY + body.length).putLong(leaf).putLong(commit).put(body);
    out.putInt(start, crc(out, start + 4, BODY - 4 + body.length));
  }

  /**
   * Length of the whole record at {@code at}: 0 where the buffer ends before the record does, -1
   * where there is none.
   */
  static int lengthAt(ByteBuffer in, int at, int maxLength) {
    int available = in.limit() - at;
    if (available < 8) {
      return 0;
    }
    int length = in.getInt(at + 4);
    if (length < MIN_LENGTH || length > maxLength) {
      return -1;
    }
    if (available < length) {
      return 0;
    }
    return crc(in, at + 4, length - 4) == in.getInt(at) ? length : -1;
  }

  static long leafAt(ByteBuffer in, int at) {
    return in.getLong(at + 8);
  }

  static long commitAt(ByteBuffer in, int at) {
    return in.getLong(at + 16);
  }

  /** Takes apart the record at {@code at}, whose CRC was checked. */
  static StoredRecord read(ByteBuffer in, int at, int length) {
    int sealing = in.get(at + 25);
    int key = in.getInt(at + 28);
    boolean known =
        in.get(at + 24) == ENTRY
            && (sealing == PLAIN ? key == 0 : key > 0 && PayloadCipher.ofCode(sealing).isPresent());
    if (!known) {
      throw new PlatformException(
          AuditErrorCode.LOG_FORMAT, "leaf " + leafAt(in, at) + " is of a newer format");
    }
    int envelopeLength = in.getShort(at + 26) & 0xFFFF;
    int bodyLength = length - RECORD_HEADER - envelopeLength;
    if (bodyLength < SALT) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "leaf " + leafAt(in, at) + " has impossible lengths");
    }
    byte[] envelope = new byte[envelopeLength];
    byte[] body = new byte[bodyLength];
    // The salt of an open payload stands before the envelope.
    int before = sealing == PLAIN ? SALT : 0;
    in.get(at + RECORD_HEADER, body, 0, before);
    in.get(at + RECORD_HEADER + before, envelope);
    in.get(at + RECORD_HEADER + before + envelopeLength, body, before, bodyLength - before);
    return new StoredRecord(leafAt(in, at), commitAt(in, at), key, envelope, body);
  }

  static int crc(ByteBuffer in, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(in.duplicate().limit(from + length).position(from));
    return (int) crc.getValue();
  }
}
