// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

/** The database behind the proxy, and the proxy's own login. */
public record Backend(
    Dialect dialect,
    String host,
    int port,
    String database,
    String user,
    ConfiguredSecret password) {

  /** Which SQL and which wire. */
  public enum Dialect {
    POSTGRESQL
  }
}
