// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.MerkleRange;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client knows of the log and checks every answer against. After a contradiction it refuses
 * everything until the process is started again. Safe for use by several threads.
 */
final class TrustedHead {

  private static final Logger LOG = LoggerFactory.getLogger(TrustedHead.class);

  /**
   * What was known when a question was asked; its answer must not fall behind that.
   *
   * @param size most durable entries that the store had shown
   * @param checkpoint last verified one
   */
  record Known(long size, @Nullable Checkpoint checkpoint) {

    /** Size of the tree that the answer has to continue. */
    long since() {
      return checkpoint == null ? 0 : checkpoint.size();
    }
  }

  private final VerifierKey key;
  private final HeadFile file;
  private final long unsignedNanos;
  private final LongSupplier nanos;
  private final UnsignedLeaves unsigned = new UnsignedLeaves();
  private @Nullable Checkpoint head;
  private long size;
  private @Nullable PlatformException contradiction;

  /** Starts from the remembered checkpoint; {@code AUD-0021} where that is not one of the log. */
  TrustedHead(VerifierKey key, HeadFile file, Duration unsignedTime, LongSupplier nanos) {
    this.key = key;
    this.file = file;
    this.unsignedNanos = unsignedTime.toNanos();
    this.nanos = nanos;
    this.head = file.read().map(note -> Checkpoint.verified(note, key)).orElse(null);
    this.size = head == null ? 0 : head.size();
  }

  synchronized Known known() {
    requireWhole();
    return new Known(size, head);
  }

  /** The store says that this many entries are durable. */
  synchronized void sizeShown(Known before, long shown) {
    requireWhole();
    if (shown < before.size) {
      throw contradicted(
          AuditErrorCode.STORE_ROLLED_BACK, shown + " entries where " + before.size + " were");
    }
    size = Math.max(size, shown);
  }

  /** The store itself says that it has less than this client knows. */
  synchronized PlatformException rolledBack(PlatformException told) {
    return contradicted(AuditErrorCode.STORE_ROLLED_BACK, String.valueOf(told.getMessage()));
  }

  /**
   * Takes over the checkpoint of an answer, if it continues what was known.
   *
   * @return false where the answer is older than what has become known meanwhile: ask again
   */
  synchronized boolean accept(Known before, TreeProof proof) {
    sizeShown(before, proof.size());
    if (proof.note().isEmpty()) {
      if (before.checkpoint != null) {
        throw contradicted(AuditErrorCode.STORE_ROLLED_BACK, "no checkpoint where there was one");
      }
      return head == null;
    }
    Checkpoint offered = verified(proof.note());
    if (offered.size() > proof.size()) {
      file.keepConflict(offered.note());
      throw contradicted(
          AuditErrorCode.STORE_ROLLED_BACK, "fewer entries than its checkpoint signs");
    }
    requireContinued(before, offered, proof.consistency());
    return takeOver(before, offered);
  }

  /** A signature is checked once; most answers come with the checkpoint that is known. */
  private Checkpoint verified(String note) {
    Checkpoint now = head;
    return now != null && now.note().equals(note) ? now : Checkpoint.verified(note, key);
  }

  private boolean takeOver(Known before, Checkpoint offered) {
    Checkpoint now = head;
    if (now != null && now.size() == offered.size()) {
      if (!now.root().equals(offered.root())) {
        throw forked(offered);
      }
    } else if ((now == null ? 0 : now.size()) != before.since()) {
      return false;
    }
    if (!offered.equals(now)) {
      file.write(offered.note());
      head = offered;
    }
    return true;
  }

  private void requireContinued(Known before, Checkpoint offered, List<Hash> consistency) {
    Checkpoint old = before.checkpoint;
    if (old == null || old.size() == 0) {
      return;
    }
    if (offered.size() < old.size()) {
      file.keepConflict(offered.note());
      throw contradicted(
          AuditErrorCode.STORE_ROLLED_BACK,
          "a checkpoint of " + offered.size() + " where one of " + old.size() + " was");
    }
    if (!Merkle.verifyConsistency(
        old.size(), offered.size(), old.root(), offered.root(), consistency)) {
      throw forked(offered);
    }
  }

  /** The checkpoint that all answers so far agree with. */
  synchronized Optional<Checkpoint> checkpoint() {
    requireWhole();
    return Optional.ofNullable(head);
  }

  /** These leaves are in the tree of the checkpoint: so must be what was handed out as them. */
  synchronized void proven(long from, List<Hash> hashes) {
    requireWhole();
    for (int i = 0; i < hashes.size(); i++) {
      if (!unsigned.confirm(from + i, hashes.get(i), nanos.getAsLong())) {
        throw contradicted(AuditErrorCode.STORE_FORKED, "leaf " + (from + i) + " was another one");
      }
    }
  }

  /** These leaves are handed out before a checkpoint covers them. */
  synchronized void unsigned(long from, List<Hash> hashes) {
    requireSigned();
    if (!unsigned.hasRoomFor(hashes.size())) {
      throw unsignedAt(from);
    }
    for (int i = 0; i < hashes.size(); i++) {
      if (!unsigned.add(from + i, hashes.get(i), nanos.getAsLong())) {
        throw contradicted(AuditErrorCode.STORE_FORKED, "leaf " + (from + i) + " was another one");
      }
    }
  }

  /** Fails with {@code AUD-0107} where what was handed out has waited too long for a signature. */
  synchronized void requireSigned() {
    requireWhole();
    if (unsigned.waitedNanos(nanos.getAsLong()) > unsignedNanos) {
      throw unsignedAt(unsigned.first());
    }
  }

  private static PlatformException unsignedAt(long leaf) {
    return new PlatformException(
        AuditErrorCode.STORE_UNSIGNED, "no checkpoint covers leaf " + leaf);
  }

  /** Leaves that were handed out unsigned and that the checkpoint now covers. */
  synchronized Optional<UnsignedLeaves.Run> unconfirmed() {
    requireWhole();
    return head == null ? Optional.empty() : unsigned.below(head.size());
  }

  /** Confirms leaves by a path to the root of this checkpoint, which was accepted before. */
  synchronized void confirm(UnsignedLeaves.Run run, Checkpoint checkpoint, List<Hash> path) {
    requireWhole();
    if (!MerkleRange.verify(run.from(), run.hashes(), checkpoint.size(), path, checkpoint.root())) {
      throw forked(checkpoint);
    }
    unsigned.confirm(run, nanos.getAsLong());
  }

  synchronized boolean waitsForSignature() {
    return !unsigned.isEmpty();
  }

  private PlatformException forked(Checkpoint offered) {
    file.keepConflict(offered.note());
    return contradicted(
        AuditErrorCode.STORE_FORKED, "the tree of " + offered.size() + " is another one");
  }

  private PlatformException contradicted(AuditErrorCode code, String what) {
    PlatformException found = new PlatformException(code, what);
    contradiction = found;
    LOG.atError()
        .addKeyValue("error.code", code.id())
        .addKeyValue("store.checkpoint", head == null ? "none" : head.note())
        .setCause(found)
        .log("the store contradicts what it has shown; nothing more is believed");
    return found;
  }

  private void requireWhole() {
    PlatformException found = contradiction;
    if (found != null) {
      throw new PlatformException(found.code(), "the store contradicted itself before", found);
    }
  }
}
