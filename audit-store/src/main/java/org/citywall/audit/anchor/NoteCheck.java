// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.verify.Finding;

/** Checks what is stored about one note: the note itself, tokens and cosignatures. */
final class NoteCheck {

  /** Clocks of two machines differ; more than that is worth a remark, or is refused. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final AnchorStore store;
  private final AnchorPolicy policy;
  private final KeysBySize keys;
  private final LogCheck log;
  private final AnchorFindings findings;
  private final Instant now;
  private final List<Statement> statements = new ArrayList<>();

  /**
   * Somebody known vouched for a checkpoint of this log.
   *
   * @param name of the note in the store
   * @param validUntil until when the signature is worth something by itself
   */
  record Statement(
      AnchorReport.Kind kind,
      String who,
      String name,
      String file,
      long size,
      Instant time,
      Instant validUntil) {

    String path() {
      return "anchors/" + name + "/" + file;
    }
  }

  NoteCheck(
      AnchorStore store,
      AnchorPolicy policy,
      KeysBySize keys,
      LogCheck log,
      AnchorFindings findings,
      Instant now) {
    this.store = store;
    this.policy = policy;
    this.keys = keys;
    this.log = log;
    this.findings = findings;
    this.now = now;
  }

  /** What was found good, by rising size. */
  List<Statement> statements() {
    return statements;
  }

  void check(String name) {
    String path = "anchors/" + name + "/" + AnchorStore.CHECKPOINT;
    try {
      Optional<Checkpoint> checkpoint = store.checkpoint(name, keys);
      if (checkpoint.isEmpty()) {
        findings.remark(path, "it was begun and never asked about");
      } else if (!AnchorStore.name(checkpoint.get()).equals(name)) {
        findings.altered(path, Finding.NONE, "the checkpoint is not the one that was stored");
      } else {
        boolean held = log.holds(path, checkpoint.get());
        store.files(name).forEach(file -> check(name, file, checkpoint.get(), held));
      }
    } catch (PlatformException e) {
      LogCheck.report(path, e, findings);
    }
  }

  private void check(String name, String file, Checkpoint checkpoint, boolean held) {
    Optional<Statement> statement =
        file.startsWith("tsa-")
            ? token(name, file, checkpoint)
            : cosignature(name, file, checkpoint);
    if (statement.isPresent() && held && isPlausible(statement.get(), checkpoint)) {
      statements.add(statement.get());
    }
  }

  private Optional<Statement> token(String name, String file, Checkpoint checkpoint) {
    String path = "anchors/" + name + "/" + file;
    String who = file.substring("tsa-".length(), file.length() - ".tsr".length());
    Optional<AnchorPolicy.Authority> authority = policy.authority(who);
    if (authority.isEmpty()) {
      findings.remark(path, "the policy names no such authority");
      return Optional.empty();
    }
    Optional<byte[]> query = store.read(name, AnchorStore.queryFile(who));
    if (query.isEmpty()) {
      findings.missing(path, Finding.NONE, "the request that it answers is gone");
      return Optional.empty();
    }
    byte[] response = store.read(name, file).orElse(new byte[0]);
    byte[] note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
    TokenCheck check = new TokenCheck(authority.get().trust());
    return switch (check.check(response, query.get(), note)) {
      case TokenResult.Trusted(Instant time, Instant validUntil, String _) ->
          Optional.of(
              new Statement(
                  AnchorReport.Kind.TOKEN, who, name, file, checkpoint.size(), time, validUntil));
      case TokenResult.Untrusted(String reason) -> {
        findings.remark(path, "not counted: " + reason);
        yield Optional.empty();
      }
      case TokenResult.Broken(String reason) -> {
        findings.altered(path, Finding.NONE, "no token over this checkpoint: " + reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<Statement> cosignature(String name, String file, Checkpoint checkpoint) {
    String path = "anchors/" + name + "/" + file;
    Optional<AnchorPolicy.Witness> witness =
        policy.witnesses().stream()
            .filter(known -> AnchorStore.cosignatureFile(known.key()).equals(file))
            .findFirst();
    if (witness.isEmpty()) {
      findings.remark(path, "the policy names no such witness");
      return Optional.empty();
    }
    String text = SignedNote.parse(checkpoint.note()).text();
    byte[] lines = store.read(name, file).orElse(new byte[0]);
    try {
      SignedNote note = SignedNote.parse(text + "\n" + new String(lines, StandardCharsets.UTF_8));
      Optional<Instant> time =
          witness.get().key().cosignedAt(new SignedNote(text, note.signatures()));
      if (time.isPresent()) {
        return Optional.of(
            new Statement(
                AnchorReport.Kind.COSIGNATURE,
                witness.get().name(),
                name,
                file,
                checkpoint.size(),
                time.get(),
                Instant.MAX));
      }
      findings.altered(path, Finding.NONE, "it holds no cosignature by that witness");
    } catch (PlatformException e) {
      findings.altered(path, Finding.NONE, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private boolean isPlausible(Statement statement, Checkpoint checkpoint) {
    if (statement.time().isAfter(now.plus(SKEW))) {
      findings.remark(statement.path(), "not counted: it is of the future, " + statement.time());
      return false;
    }
    Optional<Instant> signed = checkpoint.signedAt(keys.at(checkpoint.size()));
    if (signed.isPresent() && statement.time().isBefore(signed.get().minus(SKEW))) {
      findings.remark(
          statement.path(),
          "it is of "
              + statement.time()
              + ", and the log says it signed at "
              + signed.get()
              + ": one of the clocks is wrong");
    }
    return true;
  }
}
