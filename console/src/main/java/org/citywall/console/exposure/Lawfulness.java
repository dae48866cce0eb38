// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

/**
 * What the log itself says about whether an access was lawful. It never says more than what was
 * decided at the time; a purpose that was declared may have been a lie.
 */
public enum Lawfulness {
  /** Nothing was shown: the statement was refused or failed. */
  NOTHING_SHOWN,
  /** The policy refused it, but was only observed: it was shown all the same. */
  AGAINST_POLICY,
  /** Values above the clearance were shown by a grant that somebody else approved. */
  BY_GRANT,
  /** The policy allowed what was shown, and a purpose or ticket was declared. */
  BY_POLICY,
  /** The policy allowed what was shown; nobody declared what for. */
  NO_PURPOSE,
  /** A database reports the access; no policy of the platform decided about it. */
  NOT_DECIDED
}
