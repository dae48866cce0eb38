// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
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

  /** Entries that are hashed together: few enough for their payloads to stay in the cache. */
  private static final int CHUNK = Sm3Lanes.LANES;

  private final List<TreeHash> trees;
  private final int maxPayloadBytes;
  private final SaltStream salts;
  private final @Nullable SealingKeys sealing;
  private final ConcurrentLinkedDeque<Hashing> idle = new ConcurrentLinkedDeque<>();

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
    Hashing known = idle.poll();
    Hashing hashing = known == null ? new Hashing(trees) : known;
    List<PreparedEntry> prepared = new ArrayList<>(batch.size());
    for (int from = 0; from < batch.size(); from += CHUNK) {
      List<Entry> chunk = batch.subList(from, Math.min(from + CHUNK, batch.size()));
      List<byte[]> plains = plains(chunk);
      List<byte[]> leaves = hashing.leaves(chunk, plains);
      byte[] leafHashes = hashing.leafHashes(leaves);
      for (int i = 0; i < chunk.size(); i++) {
        Event event = chunk.get(i).event();
        byte[] leaf = leaves.get(i);
        byte[] plain = plains.get(i);
        prepared.add(
            new PreparedEntry(
                Identity.of(event.id(), event.position()),
                keys == null
                    ? RecordFormat.body(leaf, plain)
                    : RecordFormat.sealedBody(leaf, plain, keys.forEvent(event)),
                Arrays.copyOfRange(leafHashes, i * hashing.stride, (i + 1) * hashing.stride)));
      }
    }
    idle.push(hashing);
    return prepared;
  }

  /** Salt and payload of each. */
  private List<byte[]> plains(List<Entry> chunk) {
    byte[] fresh = salts.next(chunk.size());
    List<byte[]> plains = new ArrayList<>(chunk.size());
    for (Entry entry : chunk) {
      byte[] payload = entry.event().encode();
      if (payload.length > maxPayloadBytes) {
        throw new PlatformException(
            AuditErrorCode.EVENT_TOO_LARGE,
            payload.length + " bytes where " + maxPayloadBytes + " are accepted");
      }
      byte[] plain = new byte[SALT + payload.length];
      System.arraycopy(fresh, plains.size() * SALT, plain, 0, SALT);
      System.arraycopy(payload, 0, plain, SALT, payload.length);
      plains.add(plain);
    }
    return plains;
  }

  /** What one call hashes with; many bytes of room, so it is used again. */
  private static final class Hashing {

    private final List<TreeHasher> hashers;
    private final Commitments commitments = new Commitments();
    private final int stride;

    Hashing(List<TreeHash> trees) {
      hashers = trees.stream().map(TreeHash::hasher).toList();
      stride = hashers.size() * Hash.BYTES;
    }

    List<byte[]> leaves(List<Entry> chunk, List<byte[]> plains) {
      List<Hash> sha256 = commitments.sha256(plains);
      List<Hash> sm3 = hashers.size() == 1 ? List.of() : commitments.sm3(plains);
      List<byte[]> leaves = new ArrayList<>(chunk.size());
      for (int i = 0; i < chunk.size(); i++) {
        Hash second = sm3.isEmpty() ? null : sm3.get(i);
        leaves.add(Envelope.of(chunk.get(i), sha256.get(i), second).encode());
      }
      return leaves;
    }

    byte[] leafHashes(List<byte[]> leaves) {
      byte[] hashes = new byte[leaves.size() * stride];
      for (int i = 0; i < hashers.size(); i++) {
        hashers.get(i).leaves(leaves, hashes, i * Hash.BYTES, stride);
      }
      return hashes;
    }
  }
}
