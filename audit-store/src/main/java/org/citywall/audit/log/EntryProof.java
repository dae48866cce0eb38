// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;

/**
 * Everything a stranger needs to check that an event is in the log: the leaf's bytes, the path to
 * the root and the signed checkpoint.
 *
 * @param leaf position of the entry
 * @param envelope the exact leaf bytes that are hashed into the tree
 * @param salt 32 bytes that open the envelope's payload commitment; none in a proof without payload
 * @param payload the event's canonical bytes; none where they were destroyed or could not be opened
 * @param path sibling hashes from the leaf to the root (RFC 6962 section 2.1.1)
 * @param checkpoint the checkpoint whose tree the path leads to
 */
public record EntryProof(
    long leaf,
    byte[] envelope,
    byte[] salt,
    byte[] payload,
    List<Hash> path,
    Checkpoint checkpoint) {

  public EntryProof {
    path = List.copyOf(path);
  }

  static EntryProof withoutPayload(
      long leaf, byte[] envelope, List<Hash> path, Checkpoint checkpoint) {
    return new EntryProof(leaf, envelope, new byte[0], new byte[0], path, checkpoint);
  }

  /** Whether the payload is proved too, and not the envelope alone. */
  public boolean hasPayload() {
    return salt.length > 0;
  }
}
