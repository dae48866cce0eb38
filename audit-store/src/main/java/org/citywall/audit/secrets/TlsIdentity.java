// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.spec.PBEParameterSpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What one end of a TLS connection shows and proves.
 *
 * @param key private key of the first certificate
 * @param chain certificate of the owner, then the authority that issued it
 */
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  private static final char[] IN_MEMORY = "in memory only".toCharArray();

  // The store never leaves the process: making its password hard to guess would only take time.
  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
  private static final byte[] NO_SALT = new byte[16];

  public TlsIdentity {
    chain = List.copyOf(chain);
  }

  /** The authority's certificate as PEM (RFC 7468): what clients are told to trust. */
  public String authorityPem() {
    return pem(chain.getLast());
  }

  /** The server's certificate and its authority as PEM, in this order. */
  public String chainPem() {
    return chain.stream().map(TlsIdentity::pem).collect(Collectors.joining());
  }

  /** A key store in memory with this identity under the alias {@code server}. */
  public KeyStore keyStore(String password) {
    return keyStore(password.toCharArray());
  }

  private KeyStore keyStore(char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setEntry(
          "server",
          new KeyStore.PrivateKeyEntry(key, chain.toArray(X509Certificate[]::new)),
          new KeyStore.PasswordProtection(password, CIPHER, new PBEParameterSpec(NO_SALT, 1)));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A context for either end of a connection that shows this identity: a server asks for no
   * certificate, a client trusts the authorities that the JVM trusts.
   */
  public SSLContext context() {
    try {
      return context(null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A context for either end of a connection on which both show a certificate: it shows this
   * identity and trusts what these authorities issued, and nothing else.
   */
  public SSLContext mutualContext(List<X509Certificate> authorities) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      for (int i = 0; i < authorities.size(); i++) {
        trusted.setCertificateEntry("authority-" + i, authorities.get(i));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return context(trust.getTrustManagers());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext context(TrustManager @Nullable [] trust) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(keyStore(IN_MEMORY), IN_MEMORY);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust, null);
    return context;
  }

  private static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Subject only: the key must not reach a log. */
  @Override
  public String toString() {
    return "TlsIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
  }
}
