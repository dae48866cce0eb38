// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Commitments;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.TreeHasher;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;

/** Says of records what can be said without their neighbours. Safe for use by several threads. */
final class RecordJudge {

  /** How far the payload of a record could be checked. */
  enum Payload {
    /** It was compared with what the leaf commits to. */
    CHECKED,
    /** It is sealed and there is no key at hand. */
    CLOSED,
    /** Its key was destroyed. */
    SHREDDED,
    /** Its key is missing. */
    KEYLESS
  }

  /**
   * A record and what was found.
   *
   * @param leafHashes its hash in each tree, one after the other
   * @param envelope what the leaf says, or null where it cannot be read
   * @param fault what is wrong with it, or null
   * @param statement what the entry says about retention, in the open; or null
   * @param change the change of keys that the entry announces, or null
   */
  record Judged(
      SegmentWalk.Stored stored,
      byte[] leafHashes,
      @Nullable Envelope envelope,
      Payload payload,
      @Nullable String fault,
      @Nullable RetentionStatement statement,
      @Nullable KeyChange change) {}

  /** A record on its way; salt and payload where they could be opened. */
  private static final class Case {
    private final SegmentWalk.Stored stored;
    private @Nullable Envelope envelope;
    private Payload payload = Payload.CHECKED;
    private byte @Nullable [] plain;
    private @Nullable String fault;
    private @Nullable RetentionStatement statement;
    private @Nullable KeyChange change;

    Case(SegmentWalk.Stored stored) {
      this.stored = stored;
    }
  }

  /** What one thread hashes with; many bytes of room, so it is used again. */
  private record Hashing(List<TreeHasher> hashers, Commitments commitments) {}

  private static final int SALT = 32;

  private final List<TreeHash> trees;
  private final PayloadKeys keys;
  private final ConcurrentLinkedDeque<Hashing> idle = new ConcurrentLinkedDeque<>();

  RecordJudge(List<TreeHash> trees, PayloadKeys keys) {
    this.trees = List.copyOf(trees);
    this.keys = keys;
  }

  List<Judged> judge(List<SegmentWalk.Stored> batch) {
    Hashing known = idle.poll();
    Hashing hashing =
        known == null
            ? new Hashing(trees.stream().map(TreeHash::hasher).toList(), new Commitments())
            : known;
    List<Case> cases = new ArrayList<>(batch.size());
    for (SegmentWalk.Stored stored : batch) {
      cases.add(open(stored));
    }
    compare(cases, hashing.commitments());
    List<Judged> judged = judged(cases, hashing.hashers());
    idle.push(hashing);
    return judged;
  }

  private List<Judged> judged(List<Case> cases, List<TreeHasher> hashers) {
    int stride = hashers.size() * Hash.BYTES;
    byte[] hashes = new byte[cases.size() * stride];
    List<byte[]> leaves = cases.stream().map(each -> each.stored.envelope()).toList();
    for (int i = 0; i < hashers.size(); i++) {
      hashers.get(i).leaves(leaves, hashes, i * Hash.BYTES, stride);
    }
    List<Judged> judged = new ArrayList<>(cases.size());
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      judged.add(
          new Judged(
              each.stored,
              Arrays.copyOfRange(hashes, i * stride, (i + 1) * stride),
              each.envelope,
              each.payload,
              each.fault,
              each.statement,
              each.change));
    }
    return judged;
  }

  private Case open(SegmentWalk.Stored stored) {
    Case found = new Case(stored);
    try {
      Envelope envelope = Envelope.decode(stored.envelope());
      found.envelope = envelope;
      if (envelope.version() > trees.size() || stored.sealing() > 0 && trees.size() == 1) {
        found.fault = "a record of version 2 in a log of version 1";
      } else if (stored.sealing() == 0) {
        found.plain = stored.body();
      } else {
        unseal(found);
      }
    } catch (PlatformException e) {
      found.fault = String.valueOf(e.getMessage());
    }
    return found;
  }

  private void unseal(Case found) {
    switch (keys.open(found.stored)) {
      case PayloadKeys.Opened opened -> found.plain = opened.plain();
      case PayloadKeys.Broken broken -> found.fault = broken.why();
      case PayloadKeys.Keyless keyless -> found.payload = Payload.KEYLESS;
      case PayloadKeys.Shredded shredded -> found.payload = Payload.SHREDDED;
      case PayloadKeys.Closed closed -> found.payload = Payload.CLOSED;
    }
  }

  /** Compares every payload that could be opened with what its leaf commits to and says of it. */
  private static void compare(List<Case> cases, Commitments commitments) {
    List<Case> opened = new ArrayList<>(cases.size());
    List<Envelope> envelopes = new ArrayList<>(cases.size());
    List<byte[]> plains = new ArrayList<>(cases.size());
    for (Case each : cases) {
      if (each.plain != null && each.envelope != null) {
        opened.add(each);
        envelopes.add(each.envelope);
        plains.add(each.plain);
      }
    }
    BitSet matching = commitments.matching(envelopes, plains);
    for (int i = 0; i < opened.size(); i++) {
      if (matching.get(i)) {
        read(opened.get(i), envelopes.get(i), plains.get(i));
      } else {
        opened.get(i).fault = "the payload is not what was committed to";
      }
    }
  }

  private static void read(Case found, Envelope envelope, byte[] plain) {
    try {
      Event event =
          Event.decode(Arrays.copyOfRange(plain, Math.min(SALT, plain.length), plain.length));
      if (!event.id().equals(envelope.id())
          || event.timestampMicros() != envelope.timestampMicros()
          || event.receivedMicros() != envelope.receivedMicros()
          || !event.position().equals(envelope.position())) {
        found.fault = "envelope and payload disagree";
        return;
      }
      // What is sealed is no statement: everybody has to be able to read it.
      if (found.stored.sealing() == 0) {
        found.statement = RetentionStatement.of(envelope.kind(), event).orElse(null);
      }
      found.change = KeyChange.of(envelope.kind(), event).orElse(null);
    } catch (PlatformException e) {
      found.fault = String.valueOf(e.getMessage());
    }
  }
}
