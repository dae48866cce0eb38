// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyWrapper;
import org.citywall.audit.secrets.SigningKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which a log is written.
 *
 * @param sha256 signs checkpoints of the tree over SHA-256; its name is the log's origin
 * @param sm3 signs those of the tree over SM3; null for a log of version 1, which has no such tree
 * @param wrapper wraps the data keys under which payloads are sealed; null: payloads stay open
 * @param retiring further keys of the same names; those that the log had before its present ones
 *     sign every checkpoint too (see {@link KeptLog#changeKey})
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

  /**
   * The same with another version of one of the keys: while the log changes from one to the other,
   * both are needed, and it is the log that knows which of them is in charge.
   */
  public LogKeys alsoSignedBy(NoteSigner version) {
    List<NoteSigner> more = new ArrayList<>(retiring);
    more.add(version);
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

  /**
   * The same in the order of this log: the key that it states for each tree signs, keys that it had
   * before sign too, keys that it does not know are left out. {@code AUD-0021} where the stated key
   * is not among these.
   */
  LogKeys arranged(LogFormat format) {
    List<NoteSigner> all = new ArrayList<>(retiring);
    all.add(sha256);
    if (sm3 != null) {
      all.add(sm3);
    }
    List<NoteSigner> earlier = new ArrayList<>();
    for (TreeHash tree : format.trees()) {
      for (LogFormat.KeyPeriod period : format.chain(tree)) {
        if (!period.key().equals(format.key(tree))) {
          all.stream()
              .filter(signer -> signer.verifierKey().equals(period.key()))
              .findFirst()
              .ifPresent(earlier::add);
        }
      }
    }
    NoteSigner second =
        format.trees().contains(TreeHash.SM3) ? stated(all, format.key(TreeHash.SM3)) : sm3;
    return new LogKeys(stated(all, format.key(TreeHash.SHA_256)), second, wrapper, earlier);
  }

  private static NoteSigner stated(List<NoteSigner> all, VerifierKey key) {
    return all.stream()
        .filter(signer -> signer.verifierKey().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new PlatformException(
                    AuditErrorCode.NOTE_UNTRUSTED, "the log is signed with " + key));
  }

  /** The same after this key has taken the place of the one before, which goes on signing. */
  LogKeys changedTo(NoteSigner next) {
    TreeHash tree = next.verifierKey().treeHash();
    LogKeys changed =
        tree == TreeHash.SHA_256
            ? new LogKeys(next, sm3, wrapper, retiring)
            : new LogKeys(sha256, next, wrapper, retiring);
    return changed.alsoSignedBy(of(tree).orElseThrow());
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
