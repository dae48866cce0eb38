// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

/** How a check connects to a database. */
enum DatabaseTls {
  /** In the clear. */
  OFF,
  /** Encrypted, to whoever answers. */
  TRUST,
  /** Encrypted, to the one whose certificate names the host. */
  VERIFY
}
