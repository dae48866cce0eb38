// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.PublishedTree;
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
 *   <li>a folder in the layout of C2SP tlog-tiles, such as a copy of {@code DIR/log/tlog}, which
 *       proves it for every size.
 * </ul>
 */
public final class Expectation {

  private static final int MAX_LENGTH = 1 << 17;
  private static final int MAX_PROOF = 63;

  private final Checkpoint checkpoint;
  private final Optional<PublishedTree> tree;
  private final long provedFrom;
  private final List<Hash> proof;

  private Expectation(
      Checkpoint checkpoint, Optional<PublishedTree> tree, long provedFrom, List<Hash> proof) {
    this.checkpoint = checkpoint;
    this.tree = tree;
    this.provedFrom = provedFrom;
    this.proof = proof;
  }

  /**
   * Reads what was kept; {@code AUD-0020} where it is none of the three, {@code AUD-0021} where the
   * key did not sign it, {@code AUD-0015} where it cannot be read.
   */
  public static Expectation read(Path kept, VerifierKey key) {
    try {
      if (Files.isDirectory(kept)) {
        PublishedTree tree = new PublishedTree(kept);
        Checkpoint checkpoint =
            tree.checkpoint(key).orElseThrow(() -> malformed("no checkpoint in " + kept, null));
        return new Expectation(checkpoint, Optional.of(tree), 0, List.of());
      }
      if (Files.size(kept) > MAX_LENGTH) {
        throw malformed("too long for a checkpoint", null);
      }
      String text = Files.readString(kept);
      return text.startsWith("old ")
          ? proved(text, key)
          : new Expectation(Checkpoint.verified(text, key), Optional.empty(), 0, List.of());
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, kept + " cannot be read", e);
    }
  }

  private static Expectation proved(String text, VerifierKey key) {
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
      Checkpoint checkpoint = Checkpoint.verified(text.substring(gap + 2), key);
      return new Expectation(checkpoint, Optional.empty(), from, proof);
    } catch (IllegalArgumentException e) {
      throw malformed("not a request to a witness", e);
    }
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
