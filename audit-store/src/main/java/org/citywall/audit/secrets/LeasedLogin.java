// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/**
 * A database login on loan. It is renewed in the background; where its lender limits how long it
 * can be renewed, another login takes its place: so ask {@link #current} for each new connection.
 * Thread-safe.
 */
public interface LeasedLogin extends AutoCloseable {

  /** The login that is valid now; {@code AUD-0044} where it ran out and no other can be had. */
  DatabaseLogin current();

  /** Gives the login back: the lender removes it from the database. */
  @Override
  void close();
}
