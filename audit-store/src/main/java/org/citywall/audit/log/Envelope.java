// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * What a leaf says: which kind of entry, which event, when, from where, and a commitment to its
 * payload that reveals nothing of it. Its bytes (see the package documentation) are the leaf.
 *
 * @param kind what the entry is about
 * @param id identity of the event
 * @param timestampMicros when it happened, as the sender claims, microseconds since the epoch
 * @param receivedMicros when it was received, microseconds since the epoch
 * @param position where it stands in the stream of its source
 * @param commitment SHA-256 over salt and payload
 * @param sm3Commitment SM3 over salt and payload; null in version 1, which has none
 */
public record Envelope(
    EntryKind kind,
    EventId id,
    long timestampMicros,
    long receivedMicros,
    SourcePosition position,
    Hash commitment,
    @Nullable Hash sm3Commitment) {

  /** Longest name of a source, in UTF-8 bytes. */
  public static final int MAX_SOURCE_BYTES = 1024;

  private static final int FIXED = 1 + 1 + 16 + 8 + 8 + 32 + 32;

  /** The envelope of this entry in version 1, committing to these payload bytes by SHA-256. */
  public static Envelope of(Entry entry, byte[] salt, byte[] payload) {
    return of(entry, commitment(salt, payload), null);
  }

  /** The envelope of this entry in version 2, committing to these bytes by SHA-256 and SM3. */
  public static Envelope ofBoth(Entry entry, byte[] salt, byte[] payload) {
    return of(entry, commitment(salt, payload), sm3Commitment(salt, payload));
  }

  static Envelope of(Entry entry, Hash commitment, @Nullable Hash sm3Commitment) {
    Event event = entry.event();
    return new Envelope(
        entry.kind(),
        event.id(),
        event.timestampMicros(),
        event.receivedMicros(),
        event.position(),
        commitment,
        sm3Commitment);
  }

  /** Commitment to a payload: {@code SHA-256(salt || payload)}. */
  public static Hash commitment(byte[] salt, byte[] payload) {
    MessageDigest digest = Sha256.digest();
    digest.update(salt);
    return Hash.of(digest.digest(payload));
  }

  private static Hash sm3Commitment(byte[] salt, byte[] payload) {
    Sm3 sm3 = new Sm3();
    byte[] hash = new byte[Hash.BYTES];
    sm3.update(salt, 0, salt.length);
    sm3.update(payload, 0, payload.length);
    sm3.digest(hash, 0);
    return Hash.of(hash);
  }

  /** Whether the envelope commits to this payload under this salt, by each hash that it has. */
  public boolean commitsTo(byte[] salt, byte[] payload) {
    return commitment.equals(commitment(salt, payload))
        && (sm3Commitment == null || sm3Commitment.equals(sm3Commitment(salt, payload)));
  }

  /** The event as far as the envelope knows it: id, times and position, no fields. */
  Event withoutPayload() {
    return Event.builder(
            position, Micros.toInstant(timestampMicros), Micros.toInstant(receivedMicros))
        .id(id)
        .build();
  }

  /** Version of the encoding, 1 or 2. */
  public int version() {
    return sm3Commitment == null ? 1 : 2;
  }

  /** Leaf bytes; {@code AUD-0001} where the source's name is longer than the format allows. */
  public byte[] encode() {
    byte[] source = position.source().getBytes(StandardCharsets.UTF_8);
    if (source.length > MAX_SOURCE_BYTES) {
      throw new PlatformException(
          AuditErrorCode.EVENT_INVALID, "source of " + source.length + " bytes");
    }
    ByteBuffer out = ByteBuffer.allocate(FIXED + source.length + 3 * 10);
    out.put((byte) version()).put((byte) kind.code()).putLong(id.high()).putLong(id.low());
    out.putLong(timestampMicros).putLong(receivedMicros);
    putVarint(out, source.length);
    out.put(source);
    putVarint(out, position.epoch());
    putVarint(out, position.sequence());
    out.put(commitment.bytes());
    if (sm3Commitment != null) {
      out.put(sm3Commitment.bytes());
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Reads leaf bytes; any other encoding is refused with {@code AUD-0013}. */
  public static Envelope decode(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int version = in.get();
      if (version != 1 && version != 2) {
        throw new PlatformException(AuditErrorCode.LOG_FORMAT, "envelope version " + bytes[0]);
      }
      EntryKind kind = EntryKind.ofCode(in.get());
      EventId id = new EventId(in.getLong(), in.getLong());
      long timestamp = in.getLong();
      long received = in.getLong();
      byte[] source = new byte[(int) Math.min(varint(in), MAX_SOURCE_BYTES + 1)];
      in.get(source);
      String name = new String(source, StandardCharsets.UTF_8);
      SourcePosition position = new SourcePosition(name, varint(in), varint(in));
      Hash commitment = hash(in);
      Envelope envelope =
          new Envelope(
              kind, id, timestamp, received, position, commitment, version == 2 ? hash(in) : null);
      // One envelope has one encoding: what encodes differently was not written by us.
      if (in.hasRemaining() || !Arrays.equals(envelope.encode(), bytes)) {
        throw malformed(null);
      }
      return envelope;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  private static Hash hash(ByteBuffer in) {
    byte[] hash = new byte[Hash.BYTES];
    in.get(hash);
    return Hash.of(hash);
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("integer beyond 63 bits");
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.LOG_CORRUPT, "envelope is not canonical", cause);
  }
}
