// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

/** Limits of the format, which no option can lift. */
final class LogLimits {

  /** Longest record that a reader accepts, in bytes. */
  static final int MAX_RECORD = (1 << 24) + (1 << 17);

  /** Largest sum of the records of one append call, in bytes. */
  static final int MAX_BATCH = 1 << 28;

  private LogLimits() {}
}
