// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;

/**
 * Witnessing by hand, between machines without a network: the log's side writes a request, the
 * witness's side answers with a file, the log's side takes the answer in. Works beside a running
 * server, which tells the log of it at its next act.
 */
public final class AnchorExchange {

  private final Path dataDir;
  private final AnchorPolicy policy;
  private final LogFormat format;
  private final KeysBySize keys;
  private final AnchorStore store;
  private final PublishedTree tree;

  /** {@code AUD-0021} where the policy is about other logs than that of the data folder. */
  public AnchorExchange(Path dataDir, AnchorPolicy policy) {
    this.dataDir = dataDir;
    this.policy = policy;
    this.format = LogFormat.of(dataDir);
    this.keys = size -> format.keyAt(TreeHash.SHA_256, size);
    VerifierKey key = format.key(TreeHash.SHA_256);
    this.store = new AnchorStore(dataDir);
    this.tree = PublishedTree.ofData(dataDir, TreeHash.SHA_256);
    if (!policy.logs().isEmpty() && !policy.logs().contains(key)) {
      throw new PlatformException(
          AuditErrorCode.NOTE_UNTRUSTED, "the policy does not name the log's key " + key);
    }
  }

  /**
   * A request for a witness: the body of C2SP tlog-witness {@code add-checkpoint}.
   *
   * @param witness its name in the policy
   * @param from size that it cosigned last, where that is not the one known here
   */
  public String request(String witness, OptionalLong from) {
    AnchorPolicy.Witness known =
        policy
            .witness(witness)
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.ANCHOR_POLICY_INVALID, "it names no witness " + witness));
    Checkpoint checkpoint = published();
    long old = from.orElseGet(() -> store.cosignedSize(known.key()));
    if (old > checkpoint.size()) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_CONTRADICTED,
          witness + " cosigned a tree of size " + old + ", the log has " + checkpoint.size());
    }
    return new WitnessRequest(old, tree.consistency(old, checkpoint.size()), checkpoint).toString();
  }

  private Checkpoint published() {
    return tree.checkpoint(keys)
        .orElseThrow(
            () -> new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, dataDir.toString()));
  }

  /**
   * The witness's side: the answer to a request, which is its checkpoint with one more signature.
   * Fails with {@code AUD-0074}, or {@code AUD-0061} where the log contradicts what it showed
   * before; in a conflict of sizes the detail names the size to ask from.
   */
  public static String answer(Witness witness, String request) {
    return switch (witness.add(request)) {
      case Witness.Answer.Cosigned(String signatures) ->
          WitnessRequest.parse(request).checkpoint().note() + signatures;
      case Witness.Answer.Conflict(long size) ->
          throw new PlatformException(
              AuditErrorCode.WITNESS_REFUSED,
              "it cosigned size " + size + " last: ask for a request from " + size);
      case Witness.Answer.Refused(int status, String reason) ->
          throw new PlatformException(
              status == Witness.UNPROCESSABLE
                  ? AuditErrorCode.ANCHOR_CONTRADICTED
                  : AuditErrorCode.WITNESS_REFUSED,
              reason);
    };
  }

  /**
   * What was taken in.
   *
   * @param size of the checkpoint
   * @param witnesses names in the policy of those who cosigned it
   */
  public record Taken(long size, List<String> witnesses) {

    public Taken {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * Checks and stores an answer. Fails with {@code AUD-0020}, {@code AUD-0021} or {@code AUD-0067}
   * where it is none to this log, {@code AUD-0064} where a cosignature does not verify, {@code
   * AUD-0061} where the log does not continue the checkpoint.
   */
  public Taken take(String answer) {
    Checkpoint cosigned = keys.verified(answer);
    SignedNote note = SignedNote.parse(answer);
    if (!tree.continues(cosigned, published())) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_CONTRADICTED,
          "the log does not continue the cosigned tree of size " + cosigned.size());
    }
    List<AnchorPolicy.Witness> found = new ArrayList<>();
    for (AnchorPolicy.Witness witness : policy.witnesses()) {
      if (witness.key().cosignedAt(note).isPresent()) {
        found.add(witness);
      }
    }
    if (found.isEmpty()) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_ANSWER_FOREIGN, "no witness of the policy cosigned it");
    }
    String name = store.begin(own(note));
    for (AnchorPolicy.Witness witness : found) {
      store.add(name, AnchorStore.cosignatureFile(witness.key()), cosignatures(note, witness));
    }
    return new Taken(cosigned.size(), found.stream().map(AnchorPolicy.Witness::name).toList());
  }

  /** The checkpoint as the log signed it. */
  private Checkpoint own(SignedNote note) {
    List<SignedNote.Line> own = note.signatures().stream().filter(this::isOwn).toList();
    return keys.verified(new SignedNote(note.text(), own).toString());
  }

  private boolean isOwn(SignedNote.Line line) {
    return format.chain(TreeHash.SHA_256).stream()
        .map(LogFormat.KeyPeriod::key)
        .anyMatch(
            key ->
                line.name().equals(key.name())
                    && (line.id() == key.id() || line.id() == key.timedId()));
  }

  private static byte[] cosignatures(SignedNote note, AnchorPolicy.Witness witness) {
    return new SignedNote(note.text(), witness.key().lines(note))
        .signatureLines()
        .getBytes(StandardCharsets.UTF_8);
  }
}
