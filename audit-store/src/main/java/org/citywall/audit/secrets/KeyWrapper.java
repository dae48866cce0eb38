// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/**
 * A key that encrypts other keys and proves on the way back that nobody altered them. The wrapped
 * form names the version of the key that made it, so that the key can be rotated while old wrapped
 * forms are still around. Thread-safe.
 *
 * <p>Fails with {@code AUD-0044} or {@code AUD-0047} where the key lives on a machine that does not
 * answer.
 */
public interface KeyWrapper {

  /**
   * The data key encrypted under the newest version; two calls give two different results.
   *
   * @param dataKey 1 to {@value #MAX_DATA_KEY} bytes
   */
  byte[] wrap(byte[] dataKey);

  /**
   * The data key. Refuses with {@code AUD-0042} what another key made or somebody altered, and with
   * {@code AUD-0043} what a retired version made.
   */
  byte[] unwrap(byte[] wrapped);

  /** The same data key under the newest version: the argument itself where it already is. */
  byte[] rewrap(byte[] wrapped);

  /** Longest data key, in bytes. */
  int MAX_DATA_KEY = 4096;
}
