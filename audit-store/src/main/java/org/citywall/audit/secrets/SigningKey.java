// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.security.PublicKey;

/** A private key that can be used but not read, so that it may live in hardware. Thread-safe. */
public interface SigningKey {

  PublicKey publicKey();

  /** Signature over the message by the key's own algorithm. */
  byte[] sign(byte[] message);
}
