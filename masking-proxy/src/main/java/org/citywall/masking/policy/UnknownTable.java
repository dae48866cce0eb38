// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

/** What becomes of a table that the catalogue does not know. */
public enum UnknownTable {
  DENY,
  /** It passes as it is and is recorded. */
  OBSERVE
}
