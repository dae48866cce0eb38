// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.collect.TlsPolicy.ClientCertificate;

/** The server's side of TLS: what it shows and what it asks for. Safe for several threads. */
final class ServerTls {

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final char[] IN_MEMORY = "in memory only".toCharArray();

  private final SSLContext context;
  private final ClientCertificate asked;

  private ServerTls(SSLContext context, ClientCertificate asked) {
    this.context = context;
    this.asked = asked;
  }

  /**
   * @param authorities who may have signed a client's certificate; nobody else is trusted
   */
  static ServerTls of(
      TlsIdentity identity, ClientCertificate asked, List<X509Certificate> authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(identity), trustManagers(authorities), null);
      return new ServerTls(context, asked);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyManager[] keyManagers(TlsIdentity identity)
      throws GeneralSecurityException, IOException {
    KeyStore own = emptyStore();
    own.setKeyEntry(
        "server", identity.key(), IN_MEMORY, identity.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, IN_MEMORY);
    return keys.getKeyManagers();
  }

  private static TrustManager[] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      // Not null, which would be every public authority that the JDK knows.
      return new TrustManager[0];
    }
    KeyStore trusted = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      trusted.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** The handshake over an accepted socket, which stays the caller's to close if it fails. */
  SSLSocket handshake(Socket accepted) throws IOException {
    SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
    secured.setUseClientMode(false);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    switch (asked) {
      case OFF -> parameters.setWantClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    // Another handshake (TLS 1.2 alone has it) costs much and could show another certificate.
    secured.addHandshakeCompletedListener(again -> closeQuietly(accepted));
    return secured;
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
      return;
    }
  }

  /** Who is at the other end. */
  static Peer peer(SSLSocket socket) {
    try {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return Peer.proven(socket.getInetAddress(), shown);
    } catch (SSLPeerUnverifiedException e) {
      return Peer.plain(socket.getInetAddress());
    }
  }
}
