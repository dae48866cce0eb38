// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * Checks entry proofs and writes them as C2SP tlog-proof files. The file's extra data is what opens
 * the leaf: {@code u8 version 1, u16 length of the envelope, envelope, salt (32 bytes), payload};
 * salt and payload are left out where they were destroyed or could not be opened. C2SP fixes
 * SHA-256: a proof in the tree over SM3 has the same lines below a first line of our own, so that
 * no C2SP tool takes its hashes for those of SHA-256.
 */
public final class EntryProofs {

  /** Longest file that is read, in characters: the largest payload in base64, path and note. */
  private static final int MAX_LENGTH = 24 << 20;

  private static final byte EXTRA_VERSION = 1;
  private static final int SALT_BYTES = 32;

  private EntryProofs() {}

  /**
   * Checks that the payload is what the leaf commits to, that the leaf is in the checkpoint's tree
   * and that the key signed the checkpoint. Fails with {@code AUD-0013} or {@code AUD-0021}, and
   * with {@code AUD-0019} where all that is true and the proof holds no payload.
   *
   * @param key Ed25519 for a proof in the tree over SHA-256, SM2 for one in the tree over SM3
   * @return the event that is proved
   */
  public static Event verify(EntryProof proof, VerifierKey key) {
    Envelope envelope = verifyEnvelope(proof, key);
    if (!proof.hasPayload()) {
      throw new PlatformException(
          AuditErrorCode.PAYLOAD_ABSENT, "leaf " + proof.leaf() + ", " + envelope.id());
    }
    return open(envelope, proof.salt(), proof.payload());
  }

  /**
   * Checks the same without the payload, also where the proof holds none.
   *
   * @return what the leaf says
   */
  public static Envelope verifyEnvelope(EntryProof proof, VerifierKey key) {
    Checkpoint checkpoint = Checkpoint.verified(proof.checkpoint().note(), key);
    Envelope envelope = Envelope.decode(proof.envelope());
    TreeHash tree = key.treeHash();
    if (!Merkle.verifyInclusion(
        tree,
        proof.leaf(),
        checkpoint.size(),
        tree.leafHash(proof.envelope()),
        proof.path(),
        checkpoint.root())) {
      throw corrupt("the path does not lead to the root of the checkpoint", null);
    }
    return envelope;
  }

  /** The event, if the envelope commits to it and says the same about it; else AUD-0013. */
  static Event open(Envelope envelope, byte[] salt, byte[] payload) {
    if (!envelope.commitsTo(salt, payload)) {
      throw uncommitted();
    }
    return event(envelope, payload);
  }

  static PlatformException uncommitted() {
    return corrupt("the payload is not what the leaf commits to", null);
  }

  /** The event of a payload to which the envelope commits, if both say the same about it. */
  static Event event(Envelope envelope, byte[] payload) {
    Event event = Event.decode(payload);
    if (!event.id().equals(envelope.id())
        || event.timestampMicros() != envelope.timestampMicros()
        || event.receivedMicros() != envelope.receivedMicros()
        || !event.position().equals(envelope.position())) {
      throw corrupt("envelope and payload speak of different events", null);
    }
    return event;
  }

  /** The proof in the tree over SHA-256 as a tlog-proof file. */
  public static String toText(EntryProof proof) {
    return toText(proof, TreeHash.SHA_256);
  }

  /** The proof in this tree as a file. */
  public static String toText(EntryProof proof, TreeHash tree) {
    ByteBuffer extra =
        ByteBuffer.allocate(
            3 + proof.envelope().length + proof.salt().length + proof.payload().length);
    extra.put(EXTRA_VERSION).putShort((short) proof.envelope().length).put(proof.envelope());
    extra.put(proof.salt()).put(proof.payload());
    return text(
        proof, header(tree) + "\nextra " + Base64.getEncoder().encodeToString(extra.array()));
  }

  /** The proof as a tlog-proof file that does not open the leaf: it tells nothing of the event. */
  public static String closedText(EntryProof proof) {
    return text(proof, header(TreeHash.SHA_256));
  }

  private static String header(TreeHash tree) {
    return switch (tree) {
      case SHA_256 -> "c2sp.org/tlog-proof@v1";
      case SM3 -> "citywall/tlog-proof-sm3@v1";
    };
  }

  private static String text(EntryProof proof, String head) {
    StringBuilder text = new StringBuilder(head);
    text.append("\nindex ").append(proof.leaf()).append('\n');
    for (Hash hash : proof.path()) {
      text.append(hash.base64()).append('\n');
    }
    return text.append('\n').append(proof.checkpoint().note()).toString();
  }

  /** Reads a tlog-proof file of ours without trusting it; {@code AUD-0020} where it is none. */
  public static EntryProof parse(String text) {
    return parse(text, TreeHash.SHA_256);
  }

  /** The same for a proof in this tree. */
  public static EntryProof parse(String text, TreeHash tree) {
    int gap = text.indexOf("\n\n");
    if (gap < 0 || text.length() > MAX_LENGTH) {
      throw malformed(null);
    }
    String[] lines = text.substring(0, gap).split("\n", -1);
    if (lines.length < 3
        || lines.length > 3 + 63
        || !lines[0].equals(header(tree))
        || !lines[1].startsWith("extra ")
        || !lines[2].startsWith("index ")) {
      throw malformed(null);
    }
    try {
      List<Hash> path = new ArrayList<>();
      for (int i = 3; i < lines.length; i++) {
        path.add(Hash.of(Base64.getDecoder().decode(lines[i])));
      }
      long leaf = Long.parseLong(lines[2].substring(6));
      ByteBuffer extra = ByteBuffer.wrap(Base64.getDecoder().decode(lines[1].substring(6)));
      Checkpoint checkpoint = Checkpoint.parse(text.substring(gap + 2));
      EntryProof proof = opened(leaf, extra, path, checkpoint);
      if (leaf < 0 || !toText(proof, tree).equals(text)) {
        throw malformed(null);
      }
      return proof;
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw malformed(e);
    }
  }

  private static EntryProof opened(
      long leaf, ByteBuffer extra, List<Hash> path, Checkpoint checkpoint) {
    if (extra.get() != EXTRA_VERSION) {
      throw new PlatformException(AuditErrorCode.LOG_FORMAT, "extra data of a newer version");
    }
    byte[] envelope = new byte[extra.getShort() & 0xFFFF];
    extra.get(envelope);
    if (!extra.hasRemaining()) {
      return EntryProof.withoutPayload(leaf, envelope, path, checkpoint);
    }
    byte[] salt = new byte[SALT_BYTES];
    extra.get(salt);
    byte[] payload = new byte[extra.remaining()];
    extra.get(payload);
    return new EntryProof(leaf, envelope, salt, payload, path, checkpoint);
  }

  private static PlatformException corrupt(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.LOG_CORRUPT, what, cause);
  }

  private static PlatformException malformed(@Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, "not a tlog-proof of ours", cause);
  }
}
