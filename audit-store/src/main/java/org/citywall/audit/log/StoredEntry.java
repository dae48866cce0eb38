// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * An entry in the bytes that are hashed: what can be sent elsewhere and checked there.
 *
 * @param leaf position of the entry
 * @param envelope the exact leaf bytes that are hashed into the tree
 * @param salt 32 bytes that open the envelope's payload commitment
 * @param payload the event's canonical bytes
 */
public record StoredEntry(long leaf, byte[] envelope, byte[] salt, byte[] payload) {

  public StoredEntry {
    if (leaf < 0 || salt.length != SaltStream.SALT_BYTES) {
      throw new IllegalArgumentException("leaf " + leaf + ", salt of " + salt.length + " bytes");
    }
  }

  static StoredEntry of(StoredRecord stored) {
    return new StoredEntry(stored.leaf(), stored.envelope(), stored.salt(), stored.payload());
  }

  /** Hash of the leaf in the tree. */
  public Hash leafHash() {
    return Merkle.leafHash(envelope);
  }

  /** The entry, after its payload was checked against the leaf; {@code AUD-0013} otherwise. */
  public LoggedEntry open() {
    Envelope decoded = Envelope.decode(envelope);
    return new LoggedEntry(leaf, decoded.kind(), EntryProofs.open(decoded, salt, payload));
  }

  /** Bytes of its parts together. */
  public int length() {
    return envelope.length + salt.length + payload.length;
  }
}
