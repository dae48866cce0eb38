// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.TreeHasher;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;

/** Says of a record what can be said without its neighbours. Safe for use by several threads. */
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

  private static final int SALT = 32;

  private final List<TreeHash> trees;
  private final PayloadKeys keys;

  RecordJudge(List<TreeHash> trees, PayloadKeys keys) {
    this.trees = List.copyOf(trees);
    this.keys = keys;
  }

  List<Judged> judge(List<SegmentWalk.Stored> batch) {
    List<TreeHasher> hashers = trees.stream().map(TreeHash::hasher).toList();
    List<Judged> judged = new ArrayList<>(batch.size());
    for (SegmentWalk.Stored stored : batch) {
      byte[] hashes = new byte[hashers.size() * Hash.BYTES];
      for (int i = 0; i < hashers.size(); i++) {
        hashers.get(i).leaf(stored.envelope(), hashes, i * Hash.BYTES);
      }
      judged.add(judge(stored, hashes));
    }
    return judged;
  }

  private Judged judge(SegmentWalk.Stored stored, byte[] hashes) {
    Envelope envelope = null;
    try {
      envelope = Envelope.decode(stored.envelope());
      if (envelope.version() > trees.size() || stored.sealing() > 0 && trees.size() == 1) {
        return faulty(stored, hashes, envelope, "a record of version 2 in a log of version 1");
      }
      if (stored.sealing() == 0) {
        return opened(stored, hashes, envelope, stored.body());
      }
      return switch (keys.open(stored)) {
        case PayloadKeys.Opened opened -> opened(stored, hashes, envelope, opened.plain());
        case PayloadKeys.Broken broken -> faulty(stored, hashes, envelope, broken.why());
        case PayloadKeys.Keyless keyless -> unopened(stored, hashes, envelope, Payload.KEYLESS);
        case PayloadKeys.Shredded shredded -> unopened(stored, hashes, envelope, Payload.SHREDDED);
        case PayloadKeys.Closed closed -> unopened(stored, hashes, envelope, Payload.CLOSED);
      };
    } catch (PlatformException e) {
      return faulty(stored, hashes, envelope, String.valueOf(e.getMessage()));
    }
  }

  private static Judged opened(
      SegmentWalk.Stored stored, byte[] hashes, Envelope envelope, byte[] plain) {
    byte[] salt = Arrays.copyOf(plain, SALT);
    byte[] payload = Arrays.copyOfRange(plain, Math.min(SALT, plain.length), plain.length);
    if (!envelope.commitsTo(salt, payload)) {
      return faulty(stored, hashes, envelope, "the payload is not what was committed to");
    }
    Event event = Event.decode(payload);
    if (!event.id().equals(envelope.id())
        || event.timestampMicros() != envelope.timestampMicros()
        || event.receivedMicros() != envelope.receivedMicros()
        || !event.position().equals(envelope.position())) {
      return faulty(stored, hashes, envelope, "envelope and payload disagree");
    }
    // What is sealed is no statement: everybody has to be able to read it.
    RetentionStatement statement =
        stored.sealing() == 0 ? RetentionStatement.of(envelope.kind(), event).orElse(null) : null;
    KeyChange change = KeyChange.of(envelope.kind(), event).orElse(null);
    return new Judged(stored, hashes, envelope, Payload.CHECKED, null, statement, change);
  }

  private static Judged unopened(
      SegmentWalk.Stored stored, byte[] hashes, Envelope envelope, Payload payload) {
    return new Judged(stored, hashes, envelope, payload, null, null, null);
  }

  private static Judged faulty(
      SegmentWalk.Stored stored, byte[] hashes, @Nullable Envelope envelope, String fault) {
    return new Judged(stored, hashes, envelope, Payload.CHECKED, fault, null, null);
  }
}
