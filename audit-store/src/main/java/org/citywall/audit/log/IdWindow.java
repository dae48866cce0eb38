// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import org.citywall.audit.event.EventId;

/**
 * The leaves of recent events by id, in primitive arrays. Two generations: when the younger is
 * full, the older is forgotten, so that between {@code capacity} and twice as many ids are known.
 * Used by one thread at a time.
 */
final class IdWindow {

  static final long ABSENT = -2;
  private static final int BYTES = 24;

  private final int capacity;
  private Generation young;
  private Generation old;

  IdWindow(int capacity) {
    this.capacity = capacity;
    this.young = new Generation(16);
    this.old = new Generation(16);
  }

  /** Leaf of the event, or {@link #ABSENT}. */
  long leaf(EventId id) {
    long leaf = young.get(id.high(), id.low());
    return leaf == ABSENT ? old.get(id.high(), id.low()) : leaf;
  }

  void put(EventId id, long leaf) {
    put(id.high(), id.low(), leaf);
  }

  private void put(long high, long low, long leaf) {
    if (young.get(high, low) == ABSENT) {
      if (young.count == capacity) {
        old = young;
        young = new Generation(16);
      }
      young.put(high, low, leaf);
    }
  }

  int size() {
    return young.count + old.count;
  }

  int encodedBytes() {
    return 8 + size() * BYTES;
  }

  void encode(ByteBuffer out) {
    old.encode(out);
    young.encode(out);
  }

  void decode(ByteBuffer in) {
    for (int generation = 0; generation < 2; generation++) {
      int count = in.getInt();
      Generation next = new Generation(16);
      for (int i = 0; i < count; i++) {
        next.put(in.getLong(), in.getLong(), in.getLong());
      }
      old = young;
      young = next;
    }
  }

  /** Open addressing with linear probing, at most half full. Leaves are stored plus one. */
  private static final class Generation {

    private long[] slots;
    private int mask;
    private int count;

    Generation(int slotCount) {
      slots = new long[3 * slotCount];
      mask = slotCount - 1;
    }

    long get(long high, long low) {
      return slots[3 * find(high, low) + 2] == 0 ? ABSENT : slots[3 * find(high, low) + 2] - 1;
    }

    void put(long high, long low, long leaf) {
      if (2 * (count + 1) > mask + 1) {
        grow();
      }
      int slot = 3 * find(high, low);
      if (slots[slot + 2] == 0) {
        count++;
      }
      slots[slot] = high;
      slots[slot + 1] = low;
      slots[slot + 2] = leaf + 1;
    }

    private int find(long high, long low) {
      // The id is a hash, but clients of the API may choose it: mix before masking.
      int slot = (int) ((high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L >>> 32) & mask;
      while (slots[3 * slot + 2] != 0 && (slots[3 * slot] != high || slots[3 * slot + 1] != low)) {
        slot = slot + 1 & mask;
      }
      return slot;
    }

    private void grow() {
      Generation larger = new Generation(2 * (mask + 1));
      for (int i = 0; i < slots.length; i += 3) {
        if (slots[i + 2] != 0) {
          larger.put(slots[i], slots[i + 1], slots[i + 2] - 1);
        }
      }
      slots = larger.slots;
      mask = larger.mask;
    }

    void encode(ByteBuffer out) {
      out.putInt(count);
      for (int i = 0; i < slots.length; i += 3) {
        if (slots[i + 2] != 0) {
          out.putLong(slots[i]).putLong(slots[i + 1]).putLong(slots[i + 2] - 1);
        }
      }
    }
  }
}
