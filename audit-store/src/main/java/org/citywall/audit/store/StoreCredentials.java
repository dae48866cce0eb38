// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.PemIdentity;
import org.citywall.audit.secrets.TlsIdentity;

/**
 * What a client needs beside the store's address, as a folder that is carried to it: {@code
 * certificate.pem}, {@code key.pem}, {@code authority.pem} (who issued the store's certificate) and
 * {@code log-key} (the vkey that signs the log). Failures: {@code AUD-0040}, {@code AUD-0020}.
 */
public record StoreCredentials(
    TlsIdentity identity, List<X509Certificate> authorities, VerifierKey logKey) {

  private static final String CERTIFICATE = "certificate.pem";

  public StoreCredentials {
    authorities = List.copyOf(authorities);
  }

  public static StoreCredentials read(Path folder) {
    try {
      return new StoreCredentials(
          PemIdentity.read(folder.resolve(CERTIFICATE), folder.resolve("key.pem")),
          PemIdentity.certificates(folder.resolve("authority.pem")),
          VerifierKey.parse(Files.readString(folder.resolve("log-key")).strip()));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.KEYS_UNREADABLE, folder.toString(), e);
    }
  }

  /** Writes the folder of a client whose certificate this authority issued, the store's own. */
  public static void write(Path folder, TlsIdentity identity, VerifierKey logKey) {
    PemIdentity.write(identity, folder.resolve(CERTIFICATE), folder.resolve("key.pem"));
    try {
      Files.writeString(folder.resolve("authority.pem"), identity.authorityPem());
      Files.writeString(folder.resolve("log-key"), logKey.toString() + '\n');
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.KEYS_UNREADABLE, folder.toString(), e);
    }
  }

  /** The certificate in a client's folder; the key may have been moved away since. */
  public static X509Certificate certificate(Path folder) {
    return PemIdentity.certificates(folder.resolve(CERTIFICATE)).getFirst();
  }
}
