// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/** What a key is for and by which algorithm; keys of different kinds may share a name. */
public enum KeyKind {
  /** Signs with Ed25519 (RFC 8032): signatures of 64 bytes. */
  ED25519,
  /**
   * Signs with SM2 over SM3 (GB/T 32918.2, curve sm2p256v1, user id {@code 1234567812345678}):
   * signatures are r and s, 32 bytes each, big-endian.
   */
  SM2,
  /** Wraps data keys; see {@link KeyWrapper}. */
  WRAPPING
}
