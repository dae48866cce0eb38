// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.SignedNote;

/** A witness that is reached over HTTP (C2SP tlog-witness, {@code add-checkpoint}). */
final class WitnessTarget implements AnchorTarget {

  private static final int MAX_ANSWER = 1 << 16;

  /** The first answer may tell a size that we did not know; after that it should fit. */
  private static final int ATTEMPTS = 3;

  /** Clocks of two machines differ. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final AnchorPolicy.Witness witness;
  private final URI url;
  private final AnchorStore store;
  private final AnchorHttp http;
  private final PublishedTree tree;
  private final KeysBySize keys;
  private final Clock clock;

  WitnessTarget(
      AnchorPolicy.Witness witness,
      URI url,
      AnchorStore store,
      AnchorHttp http,
      PublishedTree tree,
      KeysBySize keys,
      Clock clock) {
    this.witness = witness;
    this.url = URI.create(url.toString().replaceAll("/+$", "") + "/add-checkpoint");
    this.store = store;
    this.http = http;
    this.tree = tree;
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "witness " + witness.name();
  }

  @Override
  public String file() {
    return AnchorStore.cosignatureFile(witness.key());
  }

  @Override
  public void ask(String name, Checkpoint checkpoint) {
    long known = store.cosignedSize(witness.key());
    long old = known;
    for (int i = 0; i < ATTEMPTS; i++) {
      if (old > checkpoint.size()) {
        requireOutrun(old, checkpoint);
        return;
      }
      WitnessRequest request =
          new WitnessRequest(old, tree.consistency(old, checkpoint.size()), checkpoint);
      AnchorHttp.Answer answer =
          http.post(
              url,
              "text/plain; charset=utf-8",
              request.toString().getBytes(StandardCharsets.UTF_8),
              MAX_ANSWER);
      Optional<Long> latest = take(name, checkpoint, answer);
      if (latest.isEmpty()) {
        return;
      }
      old = latest.get();
      if (old < known) {
        throw new PlatformException(
            AuditErrorCode.WITNESS_ROLLED_BACK,
            witness.name() + " knows size " + old + " and cosigned " + known + " before");
      }
    }
    throw unavailable("it names a new size each time");
  }

  /** A witness may have cosigned later, by file; it must not have cosigned more than there is. */
  private void requireOutrun(long cosigned, Checkpoint checkpoint) {
    if (tree.checkpoint(keys).map(Checkpoint::size).orElse(0L) < cosigned) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_CONTRADICTED,
          witness.name()
              + " cosigned a tree of size "
              + cosigned
              + ", this one has "
              + checkpoint.size());
    }
  }

  /** Stores the cosignature; or tells the size that the witness has, where it is another. */
  private Optional<Long> take(String name, Checkpoint checkpoint, AnchorHttp.Answer answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    return switch (answer.status()) {
      case 200 -> {
        SignedNote.Line line = cosignature(checkpoint, body);
        SignedNote only = new SignedNote("", List.of(line));
        store.add(name, file(), only.signatureLines().getBytes(StandardCharsets.UTF_8));
        yield Optional.empty();
      }
      case 409 -> Optional.of(size(body));
      case 422 ->
          throw new PlatformException(
              AuditErrorCode.ANCHOR_CONTRADICTED,
              witness.name() + " saw a tree that this one does not continue");
      default -> throw unavailable("it answered " + answer.status());
    };
  }

  private SignedNote.Line cosignature(Checkpoint checkpoint, String body) {
    List<SignedNote.Line> lines;
    try {
      lines = witness.key().lines(SignedNote.parse(checkpoint.note() + body));
    } catch (PlatformException e) {
      throw unavailable("its answer is not a list of signature lines");
    }
    // The text is ours: the answer could hold one of its own.
    SignedNote known = new SignedNote(SignedNote.parse(checkpoint.note()).text(), lines);
    Instant time =
        witness
            .key()
            .cosignedAt(known)
            .orElseThrow(
                () ->
                    new PlatformException(
                        AuditErrorCode.COSIGNATURE_INVALID,
                        "no signature by the key of " + witness.name()));
    if (time.isAfter(clock.instant().plus(SKEW))) {
      throw new PlatformException(
          AuditErrorCode.COSIGNATURE_INVALID, witness.name() + " signs for the future: " + time);
    }
    return lines.getFirst();
  }

  private long size(String body) {
    String digits = body.endsWith("\n") ? body.substring(0, body.length() - 1) : body;
    if (!digits.matches("0|[1-9][0-9]{0,17}")) {
      throw unavailable("its conflict names no size");
    }
    return Long.parseLong(digits);
  }

  private PlatformException unavailable(String reason) {
    return new PlatformException(
        AuditErrorCode.ANCHOR_UNAVAILABLE, url + " of " + witness.name() + ": " + reason);
  }
}
