// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Encryption between a client and the proxy.
 *
 * @param certificate PEM file; null only where the mode is {@code OFF}
 * @param key PEM file; null only where the mode is {@code OFF}
 * @param clientAuthority PEM file with the certificates that may have issued those of clients; null
 *     where clients are asked for none
 */
public record ListenTls(
    Mode mode, @Nullable Path certificate, @Nullable Path key, @Nullable Path clientAuthority) {

  /** What a client may ask for. */
  public enum Mode {
    OFF,
    /** Both, as the client likes. */
    PREFER,
    REQUIRE
  }

  public ListenTls {
    if (mode != Mode.OFF && (certificate == null || key == null)) {
      throw new IllegalArgumentException("TLS needs a certificate and a key");
    }
  }
}
