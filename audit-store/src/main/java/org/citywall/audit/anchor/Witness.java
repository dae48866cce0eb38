// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.KeyVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cosigns the checkpoints of logs that it knows, each only if it continues the one before (C2SP
 * tlog-witness). What it cosigned last is durable before it answers. Safe for use by several
 * threads; one process has a witness at a time.
 */
public final class Witness implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  static final int UNPROCESSABLE = 422;

  private final WitnessMemory memory;
  private final Cosigner cosigner;
  private final Map<String, List<VerifierKey>> logs = new HashMap<>();
  private final Clock clock;

  private Witness(WitnessMemory memory, Cosigner cosigner, List<VerifierKey> known, Clock clock) {
    this.memory = memory;
    this.cosigner = cosigner;
    this.clock = clock;
    known.forEach(key -> logs.computeIfAbsent(key.name(), origin -> new ArrayList<>()).add(key));
  }

  /** What a witness answers. */
  public sealed interface Answer {

    /**
     * It cosigned.
     *
     * @param signatures signature lines, each ending in a newline
     */
    record Cosigned(String signatures) implements Answer {}

    /** The request starts from another size than that which was cosigned last. */
    record Conflict(long size) implements Answer {}

    /**
     * It did not cosign.
     *
     * @param status of HTTP, as the protocol assigns it
     */
    record Refused(int status, String reason) implements Answer {}
  }

  /**
   * Makes a witness in a data folder, with a key of its own; {@code AUD-0074} where there is one.
   *
   * @param name key name, by custom a URL without scheme
   */
  public static WitnessKey make(Path dataDir, String name, KeyVault vault, RandomGenerator random) {
    return WitnessIdentity.make(dataDir, name, random).cosigner(vault).witnessKey();
  }

  /** The key of the witness of a data folder; {@code AUD-0072} where there is none. */
  public static WitnessKey key(Path dataDir, KeyVault vault) {
    return WitnessIdentity.read(dataDir).cosigner(vault).witnessKey();
  }

  /**
   * Opens the witness of a data folder; {@code AUD-0072} where there is none, {@code AUD-0071}
   * where its memory is gone or damaged, {@code AUD-0010} while another process runs it.
   *
   * @param known keys of the logs it cosigns, named after their origins
   */
  public static Witness open(Path dataDir, KeyVault vault, List<VerifierKey> known, Clock clock) {
    WitnessIdentity identity = WitnessIdentity.read(dataDir);
    Cosigner cosigner = identity.cosigner(vault);
    WitnessMemory memory = WitnessMemory.open(identity.folder(), cosigner.witnessKey());
    return new Witness(memory, cosigner, known, clock);
  }

  public WitnessKey key() {
    return cosigner.witnessKey();
  }

  /** Answers a request of {@code add-checkpoint}. */
  public Answer add(String body) {
    WitnessRequest request;
    try {
      request = WitnessRequest.parse(body);
    } catch (PlatformException e) {
      return new Answer.Refused(BAD_REQUEST, String.valueOf(e.getMessage()));
    }
    List<VerifierKey> keys = logs.get(request.checkpoint().origin());
    if (keys == null) {
      return new Answer.Refused(NOT_FOUND, "unknown origin");
    }
    List<SignedNote.Line> signatures =
        verified(SignedNote.parse(request.checkpoint().note()), keys);
    if (signatures.isEmpty()) {
      return new Answer.Refused(FORBIDDEN, "not signed by a known key of this origin");
    }
    return decide(request, signatures);
  }

  /** The log's signatures; none where one by a known key does not verify. */
  private static List<SignedNote.Line> verified(SignedNote note, List<VerifierKey> keys) {
    List<SignedNote.Line> verified = new ArrayList<>();
    byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
    for (SignedNote.Line line : note.signatures()) {
      for (VerifierKey key : keys) {
        if (line.name().equals(key.name()) && line.id() == key.id(VerifierKey.ED25519)) {
          if (!key.verifies(text, line.signature())) {
            return List.of();
          }
          verified.add(line);
        }
      }
    }
    return verified;
  }

  /** Compared and remembered as one step: two requests at a time must not roll each other back. */
  private synchronized Answer decide(WitnessRequest request, List<SignedNote.Line> signatures) {
    Checkpoint offered = request.checkpoint();
    if (request.oldSize() > offered.size()) {
      return new Answer.Refused(BAD_REQUEST, "the old size is larger than the checkpoint's");
    }
    Optional<Checkpoint> latest = memory.latest(offered.origin());
    long size = latest.map(Checkpoint::size).orElse(0L);
    if (latest.isPresent() && size == offered.size() && !isSameTree(latest.get(), offered)) {
      LOG.atError()
          .addKeyValue("origin", offered.origin())
          .addKeyValue("size", size)
          .log("a log signed two trees of one size");
      memory.keepContradiction(latest.get(), offered);
    }
    if (request.oldSize() != size) {
      return new Answer.Conflict(size);
    }
    if (!continues(request, latest)) {
      return new Answer.Refused(UNPROCESSABLE, "the checkpoint does not continue the last one");
    }
    String text = SignedNote.parse(offered.note()).text();
    SignedNote.Line line = cosigner.cosign(text, clock.instant());
    List<SignedNote.Line> lines = new ArrayList<>(signatures);
    lines.add(line);
    memory.remember(offered, lines);
    return new Answer.Cosigned(new SignedNote(text, List.of(line)).signatureLines());
  }

  private static boolean isSameTree(Checkpoint a, Checkpoint b) {
    return a.root().equals(b.root());
  }

  private static boolean continues(WitnessRequest request, Optional<Checkpoint> latest) {
    Checkpoint offered = request.checkpoint();
    if (offered.size() == 0) {
      return request.proof().isEmpty() && offered.root().equals(Merkle.EMPTY_ROOT);
    }
    if (request.oldSize() == 0) {
      return request.proof().isEmpty();
    }
    Hash root = latest.orElseThrow().root();
    return Merkle.verifyConsistency(
        request.oldSize(), offered.size(), root, offered.root(), request.proof());
  }

  /**
   * The last cosigned checkpoint of a log, with the signatures of the log and of this witness.
   *
   * @param originHash SHA-256 of the origin in lower-case hexadecimal
   */
  public synchronized Optional<String> checkpoint(String originHash) {
    return memory.note(originHash);
  }

  @Override
  public void close() {
    memory.close();
  }
}
