// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

/** Told now and then how far a verification has come, by the verifying thread. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress SILENT = (bytes, total) -> {};

  /**
   * @param bytes read so far
   * @param total to be read
   */
  void at(long bytes, long total);
}
