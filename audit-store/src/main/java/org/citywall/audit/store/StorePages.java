// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.MerkleRange;
import org.citywall.audit.log.StoredEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for entries and proofs, and lets through what holds. Safe for use by several threads. */
final class StorePages {

  private static final Logger LOG = LoggerFactory.getLogger(StorePages.class);
  private static final int MAX_ENTRIES = 10_000;

  /** Others may move the known checkpoint while an answer is under way, once a second or so. */
  private static final int ATTEMPTS = 10;

  /**
   * Entries whose leaves were checked.
   *
   * @param size number of durable entries
   * @param checkpoint the one that covers the first of them; null where there is none
   * @param path from those that it covers to its root
   */
  record Page(
      List<StoredEntry> entries, long size, @Nullable Checkpoint checkpoint, List<Hash> path) {}

  private final StoreConnection connection;
  private final TrustedHead head;

  StorePages(StoreConnection connection, TrustedHead head) {
    this.connection = connection;
    this.head = head;
  }

  /** Entries from this leaf on, as many as the store gives at once. */
  Page read(long from, int max) {
    String path = "/v1/entries?from=" + from + "&max=" + Math.min(max, MAX_ENTRIES) + "&since=";
    StoredFrame frame =
        fresh(
            known -> {
              StoredFrame answer = StoredFrame.decode(ask(path + known.since(), false), from);
              return head.accept(known, answer.proof()) ? Optional.of(answer) : Optional.empty();
            });
    return checked(from, max, frame);
  }

  private Page checked(long from, int max, StoredFrame frame) {
    List<StoredEntry> entries = frame.entries();
    if (entries.size() > max || entries.size() > Math.max(0, frame.proof().size() - from)) {
      throw new PlatformException(AuditErrorCode.STORE_ANSWER_MALFORMED, "more than was asked for");
    }
    String note = frame.proof().note();
    Checkpoint checkpoint = note.isEmpty() ? null : Checkpoint.parse(note);
    long signed = checkpoint == null ? 0 : checkpoint.size();
    int proven = (int) Math.clamp(signed - from, 0, (long) entries.size());
    List<Hash> hashes = new ArrayList<>(entries.size());
    entries.forEach(entry -> hashes.add(entry.leafHash()));
    if (checkpoint != null
        && proven > 0
        && !MerkleRange.verify(
            from, hashes.subList(0, proven), signed, frame.proof().path(), checkpoint.root())) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "leaves from " + from + " on are not in the signed tree");
    }
    head.proven(from, hashes.subList(0, proven));
    confirmSigned();
    head.unsigned(from + proven, hashes.subList(proven, hashes.size()));
    return new Page(entries, frame.proof().size(), checkpoint, frame.proof().path());
  }

  /** Asks for the last checkpoint. */
  Optional<Checkpoint> refresh() {
    tree(known -> "/v1/tree?since=" + known.since(), false);
    return head.checkpoint();
  }

  /** Asks for a checkpoint over everything that is durable. */
  Optional<Checkpoint> sign() {
    tree(known -> "/v1/checkpoint?since=" + known.since(), true);
    return head.checkpoint();
  }

  private TreeProof tree(Function<TrustedHead.Known, String> path, boolean post) {
    return fresh(
        known -> {
          ByteBuffer in = ByteBuffer.wrap(ask(path.apply(known), post));
          TreeProof proof = TreeProof.read(in);
          Frames.requireEnd(in);
          return head.accept(known, proof) ? Optional.of(proof) : Optional.empty();
        });
  }

  /** Sees to it that what was handed out unsigned is signed; a store that is away gets a chance. */
  void settle() {
    if (head.waitsForSignature()) {
      try {
        refresh();
        confirmSigned();
        head.requireSigned();
      } catch (PlatformException e) {
        if (!StoreConnection.mayHelpToRepeat(e)) {
          throw e;
        }
        LOG.atDebug().setCause(e).log("unsigned entries are confirmed later");
      }
    }
  }

  private void confirmSigned() {
    for (Optional<UnsignedLeaves.Run> next = head.unconfirmed();
        next.isPresent();
        next = head.unconfirmed()) {
      UnsignedLeaves.Run run = next.get();
      TreeProof proof =
          tree(
              known ->
                  "/v1/tree?since=" + known.since() + "&from=" + run.from() + "&to=" + run.to(),
              false);
      head.confirm(run, Checkpoint.parse(proof.note()), proof.path());
    }
  }

  /** An exchange whose answer is checked against what was known before. */
  private interface Question<T> {
    /** Empty where the answer has become too old. */
    Optional<T> ask(TrustedHead.Known known) throws MalformedFrame;
  }

  private <T> T fresh(Question<T> question) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Optional<T> answer = question.ask(head.known());
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (MalformedFrame e) {
        throw malformed(e);
      }
    }
    throw new PlatformException(
        AuditErrorCode.STORE_BUSY, "checkpoints changed faster than answers came");
  }

  private byte[] ask(String path, boolean post) {
    try {
      return post ? connection.post(path, new byte[0]) : connection.get(path);
    } catch (PlatformException e) {
      throw e.code() == AuditErrorCode.STORE_ROLLED_BACK ? head.rolledBack(e) : e;
    }
  }

  static PlatformException malformed(MalformedFrame e) {
    return new PlatformException(
        AuditErrorCode.STORE_ANSWER_MALFORMED, String.valueOf(e.getMessage()), e);
  }
}
