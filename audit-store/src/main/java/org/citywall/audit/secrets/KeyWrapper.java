// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/** A key that encrypts other keys and can be used but not read. Thread-safe. */
public interface KeyWrapper {

  /** The data key in a form that only this key can open. */
  byte[] wrap(byte[] dataKey);

  /** The data key that was wrapped. */
  byte[] unwrap(byte[] wrapped);
}
