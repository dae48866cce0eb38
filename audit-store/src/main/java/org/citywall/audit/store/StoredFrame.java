// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.StoredEntry;

/**
 * Stored entries and what proves them, as bytes.
 *
 * @param entries consecutive, from the leaf that was asked for
 */
record StoredFrame(List<StoredEntry> entries, TreeProof proof) {

  private static final byte VERSION = 1;
  private static final byte END = 0;
  private static final byte OPEN = 1;
  private static final byte SHREDDED = 2;
  private static final int ENTRY_HEADERS = 1 + Short.BYTES + Long.BYTES;

  StoredFrame {
    entries = List.copyOf(entries);
  }

  byte[] encode() {
    byte[] tail = proof.encode();
    int length = 2 + tail.length;
    for (StoredEntry entry : entries) {
      length += ENTRY_HEADERS + entry.length();
    }
    ByteBuffer out = ByteBuffer.allocate(length).put(VERSION);
    for (StoredEntry entry : entries) {
      out.put(entry.isShredded() ? SHREDDED : OPEN);
      out.putShort((short) entry.envelope().length).put(entry.envelope());
      if (entry.isShredded()) {
        out.putLong(entry.destroyedBy());
      } else {
        out.put(entry.salt()).putInt(entry.payload().length).put(entry.payload());
      }
    }
    out.put(END).put(tail);
    return Arrays.copyOf(out.array(), out.position());
  }

  static StoredFrame decode(byte[] body, long from) throws MalformedFrame {
    ByteBuffer in = ByteBuffer.wrap(body);
    Frames.requireVersion(in, VERSION);
    List<StoredEntry> entries = new ArrayList<>();
    for (int form = Frames.octet(in); form != END; form = Frames.octet(in)) {
      long leaf = from + entries.size();
      entries.add(
          switch (form) {
            case OPEN -> open(in, leaf);
            case SHREDDED -> shredded(in, leaf);
            default -> throw new MalformedFrame("entry of form " + form);
          });
    }
    TreeProof proof = TreeProof.read(in);
    Frames.requireEnd(in);
    return new StoredFrame(entries, proof);
  }

  private static byte[] envelope(ByteBuffer in) throws MalformedFrame {
    return Frames.bytes(in, Frames.octetPair(in));
  }

  private static StoredEntry shredded(ByteBuffer in, long leaf) throws MalformedFrame {
    byte[] envelope = envelope(in);
    return StoredEntry.shredded(leaf, envelope, Frames.number(in));
  }

  private static StoredEntry open(ByteBuffer in, long leaf) throws MalformedFrame {
    byte[] envelope = envelope(in);
    byte[] salt = Frames.bytes(in, Hash.BYTES);
    byte[] payload = Frames.bytes(in, Frames.length(in, in.remaining()));
    return new StoredEntry(leaf, envelope, salt, payload);
  }
}
