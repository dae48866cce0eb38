// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import org.citywall.audit.secrets.LeasedLogin;
import org.citywall.audit.secrets.SecretReferences;

/** What the proxy has to log in to the database. */
public sealed interface BackendSecret {

  /** The password of the one login. */
  record Password(ConfiguredSecret secret) implements BackendSecret {}

  /**
   * Logins that Vault's database engine makes, each for a while, all of them members of the one
   * that rights are given to.
   */
  final class Lent implements BackendSecret {

    private final String role;
    private final SecretReferences references;

    /**
     * @param role of Vault's database engine
     */
    Lent(String role, SecretReferences references) {
      this.role = role;
      this.references = references;
    }

    /** Borrows; failures are those of {@link SecretReferences#databaseLogin}. */
    LeasedLogin borrow() {
      return references.databaseLogin(role);
    }
  }
}
