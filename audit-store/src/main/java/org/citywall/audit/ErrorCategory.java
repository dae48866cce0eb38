// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit;

/** Whose fault a failure is, which decides what the caller should do next. */
public enum ErrorCategory {
  /** The caller's mistake: correct the request, do not repeat it as it is. */
  CALLER,
  /** Refused by policy: ask for a right or leave it. */
  POLICY,
  /** Evidence does not match itself: stop, keep everything, call the security officer. */
  INTEGRITY,
  /** A bound was reached: wait and try again. */
  CAPACITY,
  /** Network, disk or another system: try again when it is back. */
  EXTERNAL,
  /** Our bug. */
  INTERNAL
}
