// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Identity of an event: 128 bits, the key of idempotence. The same report of the same thing has the
 * same id however often it is sent. Text form: 32 lower-case hexadecimal digits.
 */
public record EventId(long high, long low) implements Comparable<EventId> {

  private static final MessageDigest SHA_256 = sha256();

  /** Id by position: the first 16 bytes of SHA-256 over {@code 'p' source 0x00 epoch sequence}. */
  public static EventId of(SourcePosition position) {
    byte[] source = position.source().getBytes(StandardCharsets.UTF_8);
    return truncatedHash(
        ByteBuffer.allocate(source.length + 18)
            .put((byte) 'p')
            .put(source)
            .put((byte) 0)
            .putLong(position.epoch())
            .putLong(position.sequence()));
  }

  /**
   * Id by the client's own id: the first 16 bytes of SHA-256 over {@code 'c' source 0x00 id}. Two
   * sources may use the same ids without meeting.
   */
  public static EventId ofClient(String source, String clientId) {
    byte[] sourceBytes = source.getBytes(StandardCharsets.UTF_8);
    byte[] idBytes = clientId.getBytes(StandardCharsets.UTF_8);
    return truncatedHash(
        ByteBuffer.allocate(sourceBytes.length + idBytes.length + 2)
            .put((byte) 'c')
            .put(sourceBytes)
            .put((byte) 0)
            .put(idBytes));
  }

  /** Reads the text form; anything else is an {@code IllegalArgumentException}. */
  public static EventId parse(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("an event id has 32 hexadecimal digits");
    }
    return new EventId(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  @Override
  public int compareTo(EventId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    char[] text = new char[32];
    for (int i = 0; i < 16; i++) {
      text[i] = Character.forDigit((int) (high >>> (60 - 4 * i)) & 0xf, 16);
      text[16 + i] = Character.forDigit((int) (low >>> (60 - 4 * i)) & 0xf, 16);
    }
    return new String(text);
  }

  private static EventId truncatedHash(ByteBuffer input) {
    byte[] hash = copyOf(SHA_256).digest(input.array());
    ByteBuffer first = ByteBuffer.wrap(hash);
    return new EventId(first.getLong(), first.getLong());
  }

  // Cloning a fresh digest is several times cheaper than a provider look-up for every event.
  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
