// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/**
 * Where passwords of other systems are kept. Thread-safe. Failures: {@code AUD-0044} where the
 * store does not answer, {@code AUD-0045} where it refuses us.
 */
public interface SecretStore {

  /**
   * The value now stored under a key of a path; {@code AUD-0046} where there is none.
   *
   * @param path as the store spells it, {@code citywall/proxy}
   */
  Sensitive<String> secret(String path, String key);

  /**
   * A login that the store makes for us in a database, renews while it is open and revokes when it
   * is closed.
   *
   * @param role as the store knows it; {@code AUD-0046} where it does not
   */
  LeasedLogin databaseLogin(String role);
}
