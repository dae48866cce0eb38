// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.List;

/**
 * Where keys are kept. A name has 1 to 63 lower-case letters, digits or dashes and starts with a
 * letter. Thread-safe.
 *
 * <h2>Rotation</h2>
 *
 * A key has versions, numbered from 1. {@link #rotate} adds one, which is the newest from then on;
 * the older ones go on working, so that during a change old and new can both sign. {@link
 * #retireBefore} ends the change: it destroys every version before the one given. A version's
 * number is never used again.
 *
 * <p>Failures: {@code AUD-0040} where the vault cannot be opened or written, {@code AUD-0044} where
 * it does not answer, {@code AUD-0045} where it refuses us.
 */
public interface KeyVault extends AutoCloseable {

  /** Name of the keys that sign the evidence log's checkpoints. */
  String CHECKPOINT_KEY = "checkpoint";

  /** The newest Ed25519 key of this name, made at the first call. */
  SigningKey signingKey(String name);

  /**
   * The newest SM2 key of this name, made at the first call. Its public key is an {@code
   * ECPublicKey} of Bouncy Castle.
   */
  SigningKey sm2SigningKey(String name);

  /**
   * All versions of a signing key that still sign, oldest first; never empty, since the first is
   * made at the first call.
   *
   * @param kind one that signs
   */
  List<SigningKey> signingKeys(KeyKind kind, String name);

  /** Wraps data keys under the key of this name, made at the first call. */
  KeyWrapper keyWrapper(String name);

  /** Makes a new version of the key and gives its number; an absent key gets its first. */
  int rotate(KeyKind kind, String name);

  /**
   * Destroys the versions of a key before this one, whose signatures and wrapped keys can then not
   * be made or unwrapped any more ({@code AUD-0043}). Wrap again what they wrapped before that.
   *
   * @param version at most the newest: {@code AUD-0041} where there is no such version
   */
  void retireBefore(KeyKind kind, String name, int version);

  /**
   * Key and certificate of a server of ours, issued by the vault's own authority at the first call
   * and again when it is about to expire or the hosts change.
   *
   * @param hosts DNS names and IP literals beside {@code localhost}, {@code 127.0.0.1} and {@code
   *     ::1}
   */
  TlsIdentity serverIdentity(String name, List<String> hosts);

  /**
   * Key and certificate of a client of ours, issued now by the vault's own authority and not kept
   * here: the client keeps it.
   *
   * @param name common name of the subject: 1 to 64 letters, digits, dots, dashes, underscores
   */
  TlsIdentity issueClientIdentity(String name);

  /** Ends what the vault holds open elsewhere; its keys must not be used afterwards. */
  @Override
  default void close() {}
}
