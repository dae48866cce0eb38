// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/** Reads who may sign the certificates of peers. */
final class TrustAnchors {

  private TrustAnchors() {}

  /**
   * The certificates in this file (PEM, RFC 7468, one behind the other, or DER); none without a
   * file. What is no such file is refused with {@code COL-0032}.
   */
  static List<X509Certificate> read(@Nullable Path file) {
    if (file == null) {
      return List.of();
    }
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw invalid(file, "holds no certificate", null);
      }
      return found;
    } catch (IOException | CertificateException e) {
      throw invalid(file, "cannot be read as certificates", e);
    }
  }

  private static PlatformException invalid(Path file, String what, @Nullable Exception cause) {
    return new PlatformException(CollectErrorCode.CONFIG_INVALID, file + " " + what, cause);
  }
}
