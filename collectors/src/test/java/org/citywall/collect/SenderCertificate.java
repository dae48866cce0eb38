// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.secrets.TlsIdentity;

/**
 * The certificate of a sender, made by the script that operators are given.
 *
 * @param authority file with the certificate of who signed it
 * @param certificate file with the certificate
 * @param key file with its key
 */
record SenderCertificate(Path authority, Path certificate, Path key) {

  private static final Path SCRIPT =
      Path.of("..", "docs", "operate", "rsyslog", "sender-certificate.sh");

  /** Signed by the authority of this folder, which is made if it has none. */
  static SenderCertificate create(Path folder, String name)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", SCRIPT.toString(), folder.toString(), name).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("sender-certificate.sh failed");
    }
    return new SenderCertificate(
        folder.resolve("authority.pem"),
        folder.resolve(name + ".pem"),
        folder.resolve(name + ".key"));
  }

  /** The same for a sender written in Java. */
  TlsIdentity identity() throws IOException, GeneralSecurityException {
    String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----|\\s", "");
    PrivateKey secret =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    try (InputStream in = Files.newInputStream(certificate)) {
      return new TlsIdentity(
          secret,
          List.of(
              (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in)));
    }
  }
}
