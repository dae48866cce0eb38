// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Optional;
import java.util.Set;

/** Which of the database's parameters a client is told, and as what. */
final class ParameterStatus {

  private static final Set<String> SHOWN =
      Set.of(
          "server_version",
          "server_encoding",
          "client_encoding",
          "application_name",
          "DateStyle",
          "IntervalStyle",
          "TimeZone",
          "integer_datetimes",
          "standard_conforming_strings",
          "default_transaction_read_only",
          "in_hot_standby",
          "search_path");

  private ParameterStatus() {}

  /** The value that the client may see; the proxy's own login stays its own. */
  static Optional<String> shown(String name, String value, String user) {
    return switch (name) {
      case "session_authorization" -> Optional.of(user);
      case "is_superuser" -> Optional.of("off");
      default -> SHOWN.contains(name) ? Optional.of(value) : Optional.empty();
    };
  }
}
