// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * TLS identities as PEM files (RFC 7468): certificates, the owner's first, and an unencrypted
 * PKCS#8 key that only its owner may read. Failures: {@code AUD-0040}.
 */
public final class PemIdentity {

  private static final String KEY_HEAD = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";

  private PemIdentity() {}

  public static TlsIdentity read(Path certificate, Path key) {
    List<X509Certificate> chain = certificates(certificate);
    try {
      OwnerOnly.require(key);
      return new TlsIdentity(key(Files.readString(key), chain.getFirst()), chain);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable(key, e);
    }
  }

  private static PrivateKey key(String pem, X509Certificate owner) throws GeneralSecurityException {
    int from = pem.indexOf(KEY_HEAD) + KEY_HEAD.length();
    int to = pem.indexOf(KEY_END);
    if (from < KEY_HEAD.length() || to < from) {
      throw new GeneralSecurityException("no PKCS#8 key in PEM");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(from, to));
    return KeyFactory.getInstance(owner.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** The certificates of a file, at least one. */
  public static List<X509Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (found.isEmpty()) {
        throw unreadable(file, null);
      }
      return found;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(file, e);
    }
  }

  /** Writes both files, over what is there. */
  public static void write(TlsIdentity identity, Path certificate, Path key) {
    try {
      OwnerOnly.createFolder(certificate.toAbsolutePath().resolveSibling(""));
      Files.deleteIfExists(key);
      OwnerOnly.createFile(key);
      String encoded =
          Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(identity.key().getEncoded());
      Files.writeString(
          key,
          KEY_HEAD + '\n' + encoded + '\n' + KEY_END + '\n',
          StandardCharsets.US_ASCII,
          StandardOpenOption.WRITE);
      Files.writeString(certificate, identity.chainPem());
    } catch (IOException e) {
      throw unreadable(key, e);
    }
  }

  private static PlatformException unreadable(Path file, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.KEYS_UNREADABLE, file.toString(), cause);
  }
}
