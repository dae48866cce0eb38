// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.List;

/**
 * Where keys are kept. Thread-safe. Failures: {@code AUD-0040} where the vault cannot be opened or
 * written.
 */
public interface KeyVault {

  /** Name of the key that signs the evidence log's checkpoints. */
  String CHECKPOINT_KEY = "checkpoint";

  /** The Ed25519 signing key of this name, made at the first call. */
  SigningKey signingKey(String name);

  /**
   * Key and certificate of a server of ours, issued by the vault's own authority at the first call
   * and again when it is about to expire or the hosts change.
   *
   * @param hosts DNS names and IP literals beside {@code localhost}, {@code 127.0.0.1} and {@code
   *     ::1}
   */
  TlsIdentity serverIdentity(String name, List<String> hosts);
}
