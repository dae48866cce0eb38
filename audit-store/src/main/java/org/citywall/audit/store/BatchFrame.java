// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Entry;

/** A batch to be appended, and the leaves that answer it, as bytes. */
final class BatchFrame {

  private static final byte VERSION = 1;
  private static final int HEADER = 1 + Integer.BYTES;
  private static final int ENTRY_HEADER = 1 + Integer.BYTES;

  private BatchFrame() {}

  static byte[] encode(List<Entry> batch) {
    List<byte[]> events = new ArrayList<>(batch.size());
    long length = HEADER;
    for (Entry entry : batch) {
      byte[] event = entry.event().encode();
      length += ENTRY_HEADER + event.length;
      events.add(event);
    }
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).put(VERSION).putInt(batch.size());
    for (int i = 0; i < events.size(); i++) {
      byte[] event = events.get(i);
      out.put((byte) batch.get(i).kind().code()).putInt(event.length).put(event);
    }
    return out.array();
  }

  /**
   * Reads a batch. An event that this version would write in other bytes, because it holds a field
   * of a newer version, is refused: the log must hold the bytes that were sent.
   */
  static List<Entry> decode(byte[] body, int maxEntries) throws MalformedFrame {
    ByteBuffer in = ByteBuffer.wrap(body);
    Frames.requireVersion(in, VERSION);
    int count = Frames.length(in, maxEntries);
    List<Entry> batch = new ArrayList<>(Math.min(count, in.remaining() / ENTRY_HEADER));
    for (int i = 0; i < count; i++) {
      batch.add(entry(in, i));
    }
    Frames.requireEnd(in);
    return batch;
  }

  private static Entry entry(ByteBuffer in, int index) throws MalformedFrame {
    int kind = Frames.octet(in);
    byte[] bytes = Frames.bytes(in, Frames.length(in, in.remaining()));
    try {
      Event event = Event.decode(bytes);
      if (!Arrays.equals(event.encode(), bytes)) {
        throw new MalformedFrame("entry " + index + " is of a newer version than the store");
      }
      return new Entry(EntryKind.ofCode((byte) kind), event);
    } catch (PlatformException | IllegalArgumentException e) {
      throw new MalformedFrame("entry " + index + ": " + e.getMessage());
    }
  }

  static byte[] encodeLeaves(long[] leaves) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + leaves.length * Long.BYTES);
    out.put(VERSION).putInt(leaves.length);
    for (long leaf : leaves) {
      out.putLong(leaf);
    }
    return out.array();
  }

  static long[] decodeLeaves(byte[] body, int count) throws MalformedFrame {
    ByteBuffer in = ByteBuffer.wrap(body);
    Frames.requireVersion(in, VERSION);
    if (Frames.length(in, count) != count) {
      throw new MalformedFrame("not one leaf for each entry");
    }
    long[] leaves = new long[count];
    for (int i = 0; i < count; i++) {
      Frames.require(in, Long.BYTES);
      leaves[i] = in.getLong();
      if (leaves[i] < -1) {
        throw new MalformedFrame("leaf " + leaves[i]);
      }
    }
    Frames.requireEnd(in);
    return leaves;
  }
}
