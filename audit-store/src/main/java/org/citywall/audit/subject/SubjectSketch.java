// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of hashes: exact up to {@value #MOST_EXACT}, then registers of a HyperLogLog, whose number
 * is an estimate with a standard error of {@value #STANDARD_ERROR}. The hashes are those of {@link
 * SubjectKey}, or as evenly spread. Not safe for use by several threads.
 */
public final class SubjectSketch {

  /** Hashes that are kept as they are. */
  public static final int MOST_EXACT = 256;

  /** Of an estimate, as a part of the number. */
  public static final double STANDARD_ERROR = 0.023;

  private static final byte FORMAT = 1;
  private static final byte HASHES = 0;
  private static final byte REGISTERS = 1;
  private static final int INDEX_BITS = 11;
  private static final int REGISTER_COUNT = 1 << INDEX_BITS;
  private static final int TOP_RANK = Long.SIZE - INDEX_BITS + 1;
  private static final int FIRST_ROOM = 4;

  private long[] hashes = new long[FIRST_ROOM];
  private int count;
  private byte @Nullable [] registers;

  public SubjectSketch() {}

  /** A set that is this one at the moment. */
  public SubjectSketch copy() {
    SubjectSketch copy = new SubjectSketch();
    copy.hashes = hashes.clone();
    copy.count = count;
    copy.registers = registers == null ? null : registers.clone();
    return copy;
  }

  /** Adds a hash; done with whether the set may have grown by it. */
  public boolean add(long hash) {
    if (registers != null) {
      return register(registers, hash);
    }
    int at = Arrays.binarySearch(hashes, 0, count, hash);
    if (at >= 0) {
      return false;
    }
    if (count == MOST_EXACT) {
      return register(toRegisters(), hash);
    }
    insert(-at - 1, hash);
    return true;
  }

  private void insert(int at, long hash) {
    long[] room =
        count == hashes.length ? Arrays.copyOf(hashes, Math.min(MOST_EXACT, 2 * count)) : hashes;
    System.arraycopy(hashes, at, room, at + 1, count - at);
    room[at] = hash;
    hashes = room;
    count++;
  }

  private byte[] toRegisters() {
    byte[] made = new byte[REGISTER_COUNT];
    for (int i = 0; i < count; i++) {
      register(made, hashes[i]);
    }
    registers = made;
    hashes = new long[0];
    count = 0;
    return made;
  }

  private static boolean register(byte[] registers, long hash) {
    int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
    byte rank = rank(hash);
    if (registers[index] >= rank) {
      return false;
    }
    registers[index] = rank;
    return true;
  }

  private static byte rank(long hash) {
    return (byte) Math.min(TOP_RANK, Long.numberOfLeadingZeros(hash << INDEX_BITS) + 1);
  }

  /** Adds all of another set, which stays as it is. */
  public void merge(SubjectSketch other) {
    byte[] theirs = other.registers;
    if (theirs == null) {
      for (int i = 0; i < other.count; i++) {
        add(other.hashes[i]);
      }
      return;
    }
    byte[] mine = registers == null ? toRegisters() : registers;
    for (int i = 0; i < REGISTER_COUNT; i++) {
      mine[i] = (byte) Math.max(mine[i], theirs[i]);
    }
  }

  /** Whether the number is exact and not an estimate. */
  public boolean isExact() {
    return registers == null;
  }

  public boolean isEmpty() {
    return registers == null && count == 0;
  }

  /** How many hashes, exactly or estimated. */
  public long size() {
    return registers == null ? count : Math.round(estimate(registers));
  }

  /** The hashes in ascending order; none where only registers are left. */
  public long[] hashes() {
    return Arrays.copyOf(hashes, count);
  }

  /** False where the hash is surely not in the set; true says so only while it is exact. */
  public boolean mayHold(long hash) {
    return registers == null
        ? Arrays.binarySearch(hashes, 0, count, hash) >= 0
        : registers[(int) (hash >>> (Long.SIZE - INDEX_BITS))] >= rank(hash);
  }

  /** Bytes of memory that it holds, without what the virtual machine adds. */
  public int heldBytes() {
    return registers == null ? hashes.length * Long.BYTES : REGISTER_COUNT;
  }

  /** Its bytes, as the package documentation specifies them. */
  public byte[] encode() {
    byte[] full = registers;
    if (full != null) {
      return ByteBuffer.allocate(2 + REGISTER_COUNT).put(FORMAT).put(REGISTERS).put(full).array();
    }
    ByteBuffer out = ByteBuffer.allocate(4 + count * Long.BYTES);
    out.put(FORMAT).put(HASHES).putShort((short) count);
    for (int i = 0; i < count; i++) {
      out.putLong(hashes[i]);
    }
    return out.array();
  }

  /** Reads what {@link #encode} wrote; empty for any other bytes. */
  public static Optional<SubjectSketch> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      if (in.get() != FORMAT) {
        return Optional.empty();
      }
      SubjectSketch sketch = new SubjectSketch();
      boolean read = in.get() == REGISTERS ? sketch.readRegisters(in) : sketch.readHashes(in);
      return read && Arrays.equals(bytes, sketch.encode()) ? Optional.of(sketch) : Optional.empty();
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private boolean readHashes(ByteBuffer in) {
    int many = in.getShort();
    if (many < 0 || many > MOST_EXACT) {
      return false;
    }
    for (int i = 0; i < many; i++) {
      add(in.getLong());
    }
    return true;
  }

  private boolean readRegisters(ByteBuffer in) {
    byte[] read = new byte[REGISTER_COUNT];
    in.get(read);
    for (byte one : read) {
      if (one < 0 || one > TOP_RANK) {
        return false;
      }
    }
    registers = read;
    return true;
  }

  private static double estimate(byte[] registers) {
    int[] having = new int[TOP_RANK + 1];
    for (byte one : registers) {
      having[one]++;
    }
    double m = REGISTER_COUNT;
    double z = m * tau(1 - having[TOP_RANK] / m);
    for (int rank = TOP_RANK - 1; rank >= 1; rank--) {
      z = 0.5 * (z + having[rank]);
    }
    z += m * sigma(having[0] / m);
    return m * m / (2 * Math.log(2)) / z;
  }

  private static double sigma(double x) {
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double power = x;
    double y = 1;
    double z = x;
    double before;
    do {
      power *= power;
      before = z;
      z += power * y;
      y += y;
    } while (z != before);
    return z;
  }

  private static double tau(double x) {
    if (x == 0 || x == 1) {
      return 0;
    }
    double root = x;
    double y = 1;
    double z = 1 - x;
    double before;
    do {
      root = Math.sqrt(root);
      before = z;
      y *= 0.5;
      z -= (1 - root) * (1 - root) * y;
    } while (z != before);
    return z / 3;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SubjectSketch that
        && Arrays.equals(registers, that.registers)
        && count == that.count
        && Arrays.equals(hashes, 0, count, that.hashes, 0, count);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encode());
  }

  /** How many and not which. */
  @Override
  public String toString() {
    return "SubjectSketch[" + (isExact() ? "" : "about ") + size() + "]";
  }
}
