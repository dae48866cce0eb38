// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/**
 * A record as it stands in a segment file.
 *
 * @param leaf position of the entry
 * @param commit leaf with which the group commit of this record began
 * @param envelope leaf bytes
 * @param salt opens the envelope's commitment
 * @param payload canonical event bytes
 */
record StoredRecord(long leaf, long commit, byte[] envelope, byte[] salt, byte[] payload) {

  /** The entry, after its payload was checked against the leaf; {@code AUD-0013} otherwise. */
  LoggedEntry open() {
    Envelope decoded = Envelope.decode(envelope);
    return new LoggedEntry(leaf, decoded.kind(), EntryProofs.open(decoded, salt, payload));
  }
}
