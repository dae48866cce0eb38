// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which a log is written.
 *
 * @param sha256 signs checkpoints of the tree over SHA-256; its name is the log's origin
 * @param sm3 signs those of the tree over SM3; null for a log of version 1, which has no such tree
 * @param wrapper wraps the data keys under which payloads are sealed; null: payloads stay open
 * @param retiring keys of an earlier time that sign every checkpoint too, see {@link
 *     EvidenceLog#changeKey}
 */
public record LogKeys(
    NoteSigner sha256,
    @Nullable NoteSigner sm3,
    @Nullable KeyWrapper wrapper,
    List<NoteSigner> retiring) {

  public LogKeys {
    requireKind(sha256, TreeHash.SHA_256);
    if (wrapper != null && sm3 == null) {
      throw new IllegalArgumentException("payloads are sealed in logs of two trees only");
    }
    if (sm3 != null) {
      requireKind(sm3, TreeHash.SM3);
      requireName(sm3, sm3Name(sha256.name()));
    }
    retiring = List.copyOf(retiring);
    for (NoteSigner old : retiring) {
      requireName(
          old,
          old.verifierKey().treeHash() == TreeHash.SM3 ? sm3Name(sha256.name()) : sha256.name());
    }
  }

  /** Keys of a log of version 1: one tree, payloads in the open. */
  public static LogKeys of(NoteSigner sha256) {
    return new LogKeys(sha256, null, null, List.of());
  }

  /** Name under which the checkpoints over SM3 of the log of this origin are signed. */
  public static String sm3Name(String origin) {
    return origin + "-sm3";
  }

  /** The same with a second tree over SM3, signed by this SM2 key. */
  public LogKeys withSm3(SigningKey sm2) {
    return new LogKeys(sha256, new NoteSigner(sm3Name(sha256.name()), sm2), wrapper, retiring);
  }

  /** The same with payloads sealed under data keys that this wraps. */
  public LogKeys withSealing(KeyWrapper wrapper) {
    return new LogKeys(sha256, sm3, wrapper, retiring);
  }

  /** The same with checkpoints signed by an earlier key of the log as well. */
  public LogKeys alsoSignedBy(NoteSigner earlier) {
    List<NoteSigner> more = new ArrayList<>(retiring);
    more.add(earlier);
    return new LogKeys(sha256, sm3, wrapper, more);
  }

  /** The signer of this tree's checkpoints. */
  Optional<NoteSigner> of(TreeHash hash) {
    return Optional.ofNullable(hash == TreeHash.SHA_256 ? sha256 : sm3);
  }

  /** The trees that these keys sign. */
  List<TreeHash> trees() {
    return sm3 == null ? List.of(TreeHash.SHA_256) : List.of(TreeHash.SHA_256, TreeHash.SM3);
  }

  /** The same after this key has taken the place of the one before, which goes on signing. */
  LogKeys changedTo(NoteSigner next) {
    TreeHash hash = next.verifierKey().treeHash();
    NoteSigner before = of(hash).orElseThrow();
    LogKeys changed =
        hash == TreeHash.SHA_256
            ? new LogKeys(next, sm3, wrapper, retiring)
            : new LogKeys(sha256, next, wrapper, retiring);
    return changed.alsoSignedBy(before);
  }

  private static void requireKind(NoteSigner signer, TreeHash hash) {
    if (signer.verifierKey().treeHash() != hash) {
      throw new IllegalArgumentException("the key of " + signer.name() + " does not sign " + hash);
    }
  }

  private static void requireName(NoteSigner signer, String name) {
    if (!signer.name().equals(name)) {
      throw new IllegalArgumentException(signer.name() + " instead of " + name);
    }
  }
}
