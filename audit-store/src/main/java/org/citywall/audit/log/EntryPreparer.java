// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;

/**
 * Computes in the caller's thread everything about entries that does not depend on their place in
 * the log. Safe for use by several threads.
 */
final class EntryPreparer {

  private final List<TreeHash> trees;
  private final int maxPayloadBytes;
  private final SaltStream salts;

  EntryPreparer(List<TreeHash> trees, int maxPayloadBytes, SaltStream salts) {
    this.trees = List.copyOf(trees);
    this.maxPayloadBytes = maxPayloadBytes;
    this.salts = salts;
  }

  List<PreparedEntry> prepare(List<Entry> batch) {
    byte[] fresh = salts.next(batch.size());
    List<TreeHasher> hashers = trees.stream().map(TreeHash::hasher).toList();
    List<PreparedEntry> prepared = new ArrayList<>(batch.size());
    int at = 0;
    for (Entry entry : batch) {
      byte[] salt = Arrays.copyOfRange(fresh, at, at + SaltStream.SALT_BYTES);
      at += SaltStream.SALT_BYTES;
      prepared.add(prepare(entry, salt, hashers));
    }
    return prepared;
  }

  private PreparedEntry prepare(Entry entry, byte[] salt, List<TreeHasher> hashers) {
    Event event = entry.event();
    byte[] payload = event.encode();
    if (payload.length > maxPayloadBytes) {
      throw new PlatformException(
          AuditErrorCode.EVENT_TOO_LARGE,
          payload.length + " bytes where " + maxPayloadBytes + " are accepted");
    }
    Envelope envelope =
        trees.size() == 1
            ? Envelope.of(entry, salt, payload)
            : Envelope.ofBoth(entry, salt, payload);
    byte[] leaf = envelope.encode();
    byte[] hashes = new byte[hashers.size() * Hash.BYTES];
    for (int i = 0; i < hashers.size(); i++) {
      hashers.get(i).leaf(leaf, hashes, i * Hash.BYTES);
    }
    return new PreparedEntry(
        Identity.of(event.id(), event.position()), RecordFormat.body(leaf, salt, payload), hashes);
  }
}
