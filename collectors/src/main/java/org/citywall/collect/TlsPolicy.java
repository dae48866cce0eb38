// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.nio.file.Path;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * What the TLS ports ask of their peers. A peer that proves a certificate is a source of its own,
 * named after it; without one it is named after its address. A certificate that none of the
 * authorities signed is refused, even where none is required.
 *
 * @param authorities PEM file with the certificates of the authorities that may sign those of
 *     peers; null where no port asks
 * @param syslog what the port of syslog over TLS asks for
 * @param relp what the port of RELP over TLS asks for
 * @param http what the port of HTTPS asks for, beside the token
 * @param https whether HTTP is served over TLS
 */
public record TlsPolicy(
    @Nullable Path authorities,
    ClientCertificate syslog,
    ClientCertificate relp,
    ClientCertificate http,
    boolean https) {

  /** Whether a peer shows a certificate. */
  public enum ClientCertificate {
    OFF,
    OPTIONAL,
    REQUIRED
  }

  /** No port asks, and HTTP is not served over TLS. */
  public static final TlsPolicy NONE =
      new TlsPolicy(
          null, ClientCertificate.OFF, ClientCertificate.OFF, ClientCertificate.OFF, false);

  /** Asking without authorities, or without TLS, is refused with {@code COL-0032}. */
  public TlsPolicy {
    boolean asks =
        syslog != ClientCertificate.OFF
            || relp != ClientCertificate.OFF
            || http != ClientCertificate.OFF;
    if (asks && authorities == null) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "who asks for certificates needs authorities");
    }
    if (http != ClientCertificate.OFF && !https) {
      throw new PlatformException(
          CollectErrorCode.CONFIG_INVALID, "certificates over HTTP need TLS");
    }
  }
}
