// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;

/**
 * TLS towards the database.
 *
 * @param authority PEM file with the certificates that may have issued the database's
 * @param verifiesName whether the certificate has to name the host that was asked for
 */
public record BackendTls(SslContext context, Path authority, boolean verifiesName) {

  /** Reads the authority; {@code MSK-0070} where it cannot be used. */
  public static BackendTls of(Path authority, boolean verifiesName) {
    try {
      SslContext context =
          SslContextBuilder.forClient()
              .trustManager(authority.toFile())
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm(verifiesName ? "HTTPS" : "")
              .build();
      return new BackendTls(context, authority, verifiesName);
    } catch (SSLException | IllegalArgumentException e) {
      throw new PlatformException(
          MaskingErrorCode.CERTIFICATE_UNUSABLE, String.valueOf(authority), e);
    }
  }

  /** Says the same to PostgreSQL's driver. */
  void describe(Properties login) {
    login.setProperty("sslmode", verifiesName ? "verify-full" : "verify-ca");
    login.setProperty("sslrootcert", authority.toString());
  }
}
