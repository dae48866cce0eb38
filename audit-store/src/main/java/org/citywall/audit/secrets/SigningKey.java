// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.PublicKey;

/** A private key that can be used but not read, so that it may live in hardware. Thread-safe. */
public interface SigningKey {

  PublicKey publicKey();

  /**
   * Signature over the message by the key's own algorithm, see {@link KeyKind}; {@code AUD-0043}
   * where this version was retired.
   */
  byte[] sign(byte[] message);

  /** Version within the key's name, from 1; a key that is never rotated stays at 1. */
  default int version() {
    return 1;
  }
}
