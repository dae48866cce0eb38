// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.Locale;

/** The log-ins of the demo database. */
public enum DatabaseLogin {
  /** Owner of everything; stays with the platform. */
  POSTGRES,
  /** The masking proxy: reads everything. */
  CITYWALL,
  /** The desk application: reads and amends everything. */
  YUNLAN_DESK,
  /** Analysts: read everything. */
  YUNLAN_ANALYST,
  /** Outsourced engineers: read the social security data. */
  YUNLAN_VENDOR;

  public String user() {
    return name().toLowerCase(Locale.ROOT);
  }
}
