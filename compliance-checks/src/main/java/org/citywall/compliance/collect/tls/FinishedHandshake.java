// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificates that TLS 1.3 shows only behind a handshake; nothing is said after it. */
final class FinishedHandshake {

  private FinishedHandshake() {}

  static List<byte[]> chain(Socket socket, String host, int port) throws IOException {
    Shown shown = new Shown();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {shown}, new SecureRandom());
      try (SSLSocket tls =
          (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true)) {
        tls.startHandshake();
      } catch (SSLException e) {
        // a server that wants a certificate of ours has shown its own by then
        if (shown.chain.isEmpty()) {
          throw e;
        }
      }
      List<byte[]> chain = new ArrayList<>();
      for (X509Certificate certificate : shown.chain) {
        chain.add(certificate.getEncoded());
      }
      return chain;
    } catch (CertificateEncodingException e) {
      throw new IOException("its certificates are malformed", e);
    } catch (GeneralSecurityException e) {
      throw new IOException("this machine cannot speak TLS", e);
    }
  }

  /** Keeps what it is shown and believes none of it: no data follow. */
  private static final class Shown extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> chain = List.of();

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket) {
      chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
      chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String type) {
      chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
