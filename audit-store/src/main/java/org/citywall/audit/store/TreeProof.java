// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.DataOutputStream;
import java.io.IOException;
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

  static final byte VERSION = 1;
  private static final int MAX_NOTE = 1 << 20;

  TreeProof {
    consistency = List.copyOf(consistency);
    path = List.copyOf(path);
  }

  void write(DataOutputStream out) throws IOException {
    byte[] text = note.getBytes(StandardCharsets.UTF_8);
    out.writeByte(VERSION);
    out.writeLong(size);
    out.writeInt(text.length);
    out.write(text);
    writeHashes(out, consistency);
    writeHashes(out, path);
  }

  private static void writeHashes(DataOutputStream out, List<Hash> hashes) throws IOException {
    out.writeByte(hashes.size());
    for (Hash hash : hashes) {
      out.write(hash.bytes());
    }
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
