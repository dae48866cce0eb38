// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Computes in the caller's thread everything about entries that does not depend on their place in
 * the log: bytes, commitments, leaf hashes, the sealed payload. Safe for use by several threads.
 */
final class EntryPreparer {

  private static final int SALT = SaltStream.SALT_BYTES;

  private final List<TreeHash> trees;
  private final int maxPayloadBytes;
  private final SaltStream salts;
  private final @Nullable SealingKeys sealing;

  /**
   * @param sealing keys for payloads; null leaves them in the open
   */
  EntryPreparer(
      List<TreeHash> trees, int maxPayloadBytes, SaltStream salts, @Nullable SealingKeys sealing) {
    this.trees = List.copyOf(trees);
    this.maxPayloadBytes = maxPayloadBytes;
    this.salts = salts;
    this.sealing = sealing;
  }

  List<PreparedEntry> prepare(List<Entry> batch) {
    return prepare(batch, sealing);
  }

  /** The same with payloads in the open, for entries that everybody must be able to read. */
  List<PreparedEntry> prepareOpen(List<Entry> batch) {
    return prepare(batch, null);
  }

  private List<PreparedEntry> prepare(List<Entry> batch, @Nullable SealingKeys keys) {
    byte[] fresh = salts.next(batch.size());
    Batch hashing = new Batch(trees);
    List<PreparedEntry> prepared = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      Entry entry = batch.get(i);
      byte[] plain = plain(entry.event(), fresh, i * SALT);
      byte[] leaf = hashing.envelope(entry, plain);
      prepared.add(
          new PreparedEntry(
              Identity.of(entry.event().id(), entry.event().position()),
              keys == null
                  ? RecordFormat.body(leaf, plain)
                  : RecordFormat.sealedBody(leaf, plain, keys.forEvent(entry.event())),
              hashing.leafHashes(leaf)));
    }
    return prepared;
  }

  /** Salt and payload. */
  private byte[] plain(Event event, byte[] fresh, int at) {
    byte[] payload = event.encode();
    if (payload.length > maxPayloadBytes) {
      throw new PlatformException(
          AuditErrorCode.EVENT_TOO_LARGE,
          payload.length + " bytes where " + maxPayloadBytes + " are accepted");
    }
    byte[] plain = new byte[SALT + payload.length];
    System.arraycopy(fresh, at, plain, 0, SALT);
    System.arraycopy(payload, 0, plain, SALT, payload.length);
    return plain;
  }

  /** Hashes that one thread uses again for each entry of a batch. */
  private static final class Batch {

    private final List<TreeHasher> hashers;
    private final MessageDigest sha256 = Sha256.digest();
    private final Sm3 sm3 = new Sm3();
    private final byte[] hash = new byte[Hash.BYTES];

    Batch(List<TreeHash> trees) {
      hashers = trees.stream().map(TreeHash::hasher).toList();
    }

    byte[] envelope(Entry entry, byte[] plain) {
      Hash commitment = Hash.of(sha256.digest(plain));
      if (hashers.size() == 1) {
        return Envelope.of(entry, commitment, null).encode();
      }
      sm3.update(plain, 0, plain.length);
      sm3.digest(hash, 0);
      return Envelope.of(entry, commitment, Hash.of(hash)).encode();
    }

    byte[] leafHashes(byte[] leaf) {
      byte[] hashes = new byte[hashers.size() * Hash.BYTES];
      for (int i = 0; i < hashers.size(); i++) {
        hashers.get(i).leaf(leaf, hashes, i * Hash.BYTES);
      }
      return hashes;
    }
  }
}
