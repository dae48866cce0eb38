// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.StoredEntry;

/**
 * Stored entries and what proves them, as bytes.
 *
 * @param entries consecutive, from the leaf that was asked for
 */
record StoredFrame(List<StoredEntry> entries, TreeProof proof) {

  static final byte VERSION = 1;
  private static final byte END = 0;
  private static final byte OPEN = 1;
  private static final int FAILED = 0xFF;

  StoredFrame {
    entries = List.copyOf(entries);
  }

  /** Begins a frame, which goes on with entries and ends with {@link #end}. */
  static void begin(DataOutputStream out) throws IOException {
    out.writeByte(VERSION);
  }

  static void write(DataOutputStream out, StoredEntry entry) throws IOException {
    out.writeByte(OPEN);
    out.writeShort(entry.envelope().length);
    out.write(entry.envelope());
    out.write(entry.salt());
    out.writeInt(entry.payload().length);
    out.write(entry.payload());
  }

  static void end(DataOutputStream out, TreeProof proof) throws IOException {
    out.writeByte(END);
    proof.write(out);
  }

  /** Ends a frame that cannot be brought to its end with the reason why. */
  static void fail(DataOutputStream out, ErrorCode code) throws IOException {
    byte[] id = code.id().getBytes(StandardCharsets.US_ASCII);
    out.writeByte(FAILED);
    out.writeByte(id.length);
    out.write(id);
  }

  /** Reads a frame; throws the store's failure where it ends with one. */
  static StoredFrame decode(byte[] body, long from) throws MalformedFrame {
    ByteBuffer in = ByteBuffer.wrap(body);
    Frames.requireVersion(in, VERSION);
    List<StoredEntry> entries = new ArrayList<>();
    for (int form = Frames.octet(in); form != END; form = Frames.octet(in)) {
      if (form == FAILED) {
        byte[] id = Frames.bytes(in, Frames.octet(in));
        throw StoreFailures.of(new String(id, StandardCharsets.US_ASCII), "the store cannot go on");
      } else if (form != OPEN) {
        throw new MalformedFrame("entry of form " + form);
      }
      entries.add(entry(in, from + entries.size()));
    }
    TreeProof proof = TreeProof.read(in);
    Frames.requireEnd(in);
    return new StoredFrame(entries, proof);
  }

  private static StoredEntry entry(ByteBuffer in, long leaf) throws MalformedFrame {
    byte[] envelope = Frames.bytes(in, Frames.octetPair(in));
    byte[] salt = Frames.bytes(in, Hash.BYTES);
    byte[] payload = Frames.bytes(in, Frames.length(in, in.remaining()));
    return new StoredEntry(leaf, envelope, salt, payload);
  }
}
