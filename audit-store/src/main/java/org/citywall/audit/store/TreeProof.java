// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.log.Hash;

/**
 * What the store says about its tree, to be believed by nobody before it was checked.
 *
 * @param size number of durable entries
 * @param note the last checkpoint; empty where there is none
 * @param consistency hashes from the tree the client knows to the checkpoint's
 * @param path hashes from a range of leaves to the checkpoint's root
 */
record TreeProof(long size, String note, List<Hash> consistency, List<Hash> path) {

  private static final byte VERSION = 1;
  private static final int MAX_NOTE = 1 << 20;

  TreeProof {
    consistency = List.copyOf(consistency);
    path = List.copyOf(path);
  }

  byte[] encode() {
    byte[] text = note.getBytes(StandardCharsets.UTF_8);
    int hashes = (consistency.size() + path.size()) * Hash.BYTES;
    ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + text.length + 2 + hashes);
    out.put(VERSION).putLong(size).putInt(text.length).put(text);
    putHashes(out, consistency);
    putHashes(out, path);
    return out.array();
  }

  private static void putHashes(ByteBuffer out, List<Hash> hashes) {
    out.put((byte) hashes.size());
    hashes.forEach(hash -> out.put(hash.bytes()));
  }

  /** Reads a proof; anything else is a {@link MalformedFrame}. */
  static TreeProof read(ByteBuffer in) throws MalformedFrame {
    Frames.requireVersion(in, VERSION);
    long size = Frames.number(in);
    String note = new String(Frames.bytes(in, Frames.length(in, MAX_NOTE)), StandardCharsets.UTF_8);
    return new TreeProof(size, note, readHashes(in), readHashes(in));
  }

  private static List<Hash> readHashes(ByteBuffer in) throws MalformedFrame {
    int count = Frames.octet(in);
    List<Hash> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(Hash.of(Frames.bytes(in, Hash.BYTES)));
    }
    return hashes;
  }
}
