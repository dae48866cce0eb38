// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that was kept outside of the log, and whatever was kept with it that can prove that
 * a smaller log is a prefix of the signed one. Read from one of
 *
 * <ul>
 *   <li>a file with the note: it tells how much is missing and proves nothing about what is there;
 *   <li>a file in the form of C2SP tlog-witness {@code add-checkpoint}: {@code old SIZE}, the lines
 *       of a consistency proof from that size, an empty line, the note;
 *   <li>a folder in the layout of C2SP tlog-tiles, such as a copy of {@code DIR/log/tlog} or of
 *       {@code DIR/log/sm3}, which proves it for every size.
 * </ul>
 */
public final class Expectation {

  private static final int MAX_LENGTH = 1 << 17;
  private static final int MAX_PROOF = 63;

  private final TreeHash hash;
  private final Checkpoint checkpoint;
  private final VerifierKey key;
  private final Optional<PublishedTree> tree;
  private final long provedFrom;
  private final List<Hash> proof;

  private Expectation(
      Signed signed, Optional<PublishedTree> tree, long provedFrom, List<Hash> proof) {
    this.hash = signed.key().treeHash();
    this.checkpoint = signed.checkpoint();
    this.key = signed.key();
    this.tree = tree;
    this.provedFrom = provedFrom;
    this.proof = proof;
  }

  /** A checkpoint and the key that signed it. */
  private record Signed(Checkpoint checkpoint, VerifierKey key) {}

  /**
   * Reads what was kept of either tree; {@code AUD-0020} where it is none of the three, {@code
   * AUD-0021} where no key of the log signed it, {@code AUD-0015} where it cannot be read.
   *
   * @param format names the keys of the log; a log that was cut back does not know later ones
   * @param trusted further keys that the caller knows to be the log's
   */
  public static Expectation read(Path kept, LogFormat format, List<VerifierKey> trusted) {
    try {
      if (Files.isDirectory(kept)) {
        Path note = kept.resolve("checkpoint");
        if (!Files.exists(note)) {
          throw malformed("no checkpoint in " + kept, null);
        }
        Signed signed = signed(text(note), format, trusted);
        PublishedTree tree = new PublishedTree(kept, signed.key().treeHash());
        return new Expectation(signed, Optional.of(tree), 0, List.of());
      }
      String text = text(kept);
      return text.startsWith("old ")
          ? proved(text, format, trusted)
          : new Expectation(signed(text, format, trusted), Optional.empty(), 0, List.of());
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, kept + " cannot be read", e);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_LENGTH) {
      throw malformed("too long for a checkpoint", null);
    }
    return Files.readString(file);
  }

  /**
   * A log may have changed its keys before or after what was kept, and may have been cut back to
   * before the change: each of its keys will do. A false checkpoint by a retired key could only
   * raise an alarm, never silence one.
   */
  private static Signed signed(String note, LogFormat format, List<VerifierKey> trusted) {
    Checkpoint checkpoint = Checkpoint.parse(note);
    SignedNote lines = SignedNote.parse(note);
    return Stream.concat(format.periods().stream().map(LogFormat.KeyPeriod::key), trusted.stream())
        .filter(key -> key.name().equals(checkpoint.origin()))
        .filter(lines::isSignedBy)
        .map(key -> new Signed(checkpoint, key))
        .reduce((older, newer) -> newer)
        .orElseThrow(
            () ->
                new PlatformException(
                    AuditErrorCode.NOTE_UNTRUSTED,
                    "no key that is known of this log signed the checkpoint of "
                        + checkpoint.size()));
  }

  private static Expectation proved(String text, LogFormat format, List<VerifierKey> trusted) {
    int gap = text.indexOf("\n\n");
    String[] lines = gap < 0 ? new String[0] : text.substring(0, gap).split("\n", -1);
    if (lines.length < 1 || lines.length > 1 + MAX_PROOF) {
      throw malformed("not a request to a witness", null);
    }
    try {
      List<Hash> proof = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        proof.add(Hash.of(Base64.getDecoder().decode(lines[i])));
      }
      long from = Long.parseLong(lines[0].substring("old ".length()));
      Signed signed = signed(text.substring(gap + 2), format, trusted);
      return new Expectation(signed, Optional.empty(), from, proof);
    } catch (IllegalArgumentException e) {
      throw malformed("not a request to a witness", e);
    }
  }

  /** Hash of the tree that it is about. */
  TreeHash hash() {
    return hash;
  }

  /** When the checkpoint was signed; empty where its time is not signed. */
  Optional<Instant> signedAt() {
    return checkpoint.signedAt(key);
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Consistency proof from this smaller size, or empty where none was kept. */
  Optional<List<Hash>> proofFrom(long size) {
    if (tree.isPresent()) {
      return Optional.of(tree.get().consistency(size, checkpoint.size()));
    }
    return size > 0 && size == provedFrom ? Optional.of(proof) : Optional.empty();
  }

  private static PlatformException malformed(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.NOTE_MALFORMED, what, cause);
  }
}
