// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * An entry in the bytes that are hashed: what can be sent elsewhere and checked there.
 *
 * @param leaf position of the entry
 * @param envelope the exact leaf bytes that are hashed into the tree
 * @param salt 32 bytes that open the envelope's payload commitments; none where the payload was
 *     destroyed
 * @param payload the event's canonical bytes; none likewise
 * @param destroyedBy leaf of the entry about its destruction; -1 where it was not destroyed
 */
public record StoredEntry(
    long leaf, byte[] envelope, byte[] salt, byte[] payload, long destroyedBy) {

  public StoredEntry {
    if (leaf < 0 || (salt.length != SaltStream.SALT_BYTES && salt.length + payload.length > 0)) {
      throw new IllegalArgumentException("leaf " + leaf + ", salt of " + salt.length + " bytes");
    }
  }

  /** An entry whose payload is there. */
  public StoredEntry(long leaf, byte[] envelope, byte[] salt, byte[] payload) {
    this(leaf, envelope, salt, payload, -1);
  }

  static StoredEntry of(StoredRecord stored, OpenedKeys keys) {
    return stored
        .checkedContent(keys)
        .map(open -> new StoredEntry(stored.leaf(), stored.envelope(), open.salt(), open.payload()))
        .orElseGet(
            () -> shredded(stored.leaf(), stored.envelope(), keys.destroyedBy(stored.key())));
  }

  /** What is left of an entry whose payload was destroyed. */
  public static StoredEntry shredded(long leaf, byte[] envelope, long destroyedBy) {
    return new StoredEntry(leaf, envelope, new byte[0], new byte[0], destroyedBy);
  }

  public boolean isShredded() {
    return salt.length == 0;
  }

  /** Hash of the leaf in the tree. */
  public Hash leafHash() {
    return Merkle.leafHash(envelope);
  }

  /** The entry, after its payload was checked against the leaf; {@code AUD-0013} otherwise. */
  public LoggedEntry open() {
    Envelope decoded = Envelope.decode(envelope);
    if (isShredded()) {
      return LoggedEntry.shredded(leaf, decoded);
    }
    return new LoggedEntry(leaf, decoded.kind(), EntryProofs.open(decoded, salt, payload));
  }

  /** Bytes of its parts together. */
  public int length() {
    return envelope.length + salt.length + payload.length;
  }
}
