// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * ZIP archives (APPNOTE 6.3.10) of stored members in the one form that given members have here.
 * Nothing is decompressed, so nothing is larger than the file.
 */
final class StoredZip {

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final short VERSION = 10;
  private static final short FIRST_DAY = 1 << 5 | 1;
  private static final int LOCAL_BYTES = 30;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int MAX_NAME = 96;
  private static final int MAX_MEMBERS = 80;

  private StoredZip() {}

  static byte[] write(SequencedMap<String, byte[]> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream directory = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      byte[] name = member.getKey().getBytes(StandardCharsets.US_ASCII);
      int at = out.size();
      out.writeBytes(header(LOCAL_BYTES, LOCAL, name, member.getValue()).array());
      out.writeBytes(name);
      out.writeBytes(member.getValue());
      // The rest of the fields: comment, disk, attributes.
      ByteBuffer central = header(CENTRAL_BYTES, CENTRAL, name, member.getValue());
      directory.writeBytes(central.putInt(CENTRAL_BYTES - Integer.BYTES, at).array());
      directory.writeBytes(name);
    }
    ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(END);
    short count = (short) members.size();
    end.putInt(0).putShort(count).putShort(count).putInt(directory.size()).putInt(out.size());
    out.writeBytes(directory.toByteArray());
    out.writeBytes(end.array());
    return out.toByteArray();
  }

  private static ByteBuffer header(int length, int signature, byte[] name, byte[] content) {
    ByteBuffer header = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    CRC32 crc = new CRC32();
    crc.update(content);
    header.putInt(signature);
    if (signature == CENTRAL) {
      header.putShort(VERSION);
    }
    header.putShort(VERSION).putInt(0).putShort((short) 0).putShort(FIRST_DAY);
    header.putInt((int) crc.getValue()).putInt(content.length).putInt(content.length);
    return header.putShort((short) name.length);
  }

  /** Members by name, in order; {@code AUD-0150} for any archive that {@link #write} does not. */
  static SequencedMap<String, byte[]> read(byte[] archive) {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    ByteBuffer in = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (in.getInt(in.position()) == LOCAL) {
        int size = in.getInt(in.position() + 22);
        int nameLength = in.getShort(in.position() + 26);
        in.position(in.position() + LOCAL_BYTES);
        if (nameLength < 1
            || nameLength > MAX_NAME
            || size < 0
            || size > in.remaining() - nameLength
            || members.size() == MAX_MEMBERS) {
          throw malformed();
        }
        byte[] name = new byte[nameLength];
        byte[] content = new byte[size];
        in.get(name).get(content);
        if (members.put(new String(name, StandardCharsets.US_ASCII), content) != null) {
          throw malformed();
        }
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw malformed();
    }
    // Compression, second directories, gaps, comments, wrong sums: all differ from what we write.
    if (members.isEmpty() || !Arrays.equals(write(members), archive)) {
      throw malformed();
    }
    return members;
  }

  private static PlatformException malformed() {
    return new PlatformException(
        AuditErrorCode.BUNDLE_FORMAT, "no archive as evidence bundles are");
  }
}
