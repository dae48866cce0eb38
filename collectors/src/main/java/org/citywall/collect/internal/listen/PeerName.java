// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The name under which a peer's events are numbered: its certificate's, else its address. */
final class PeerName {

  private static final int MAX_LENGTH = 128;

  private PeerName() {}

  static String of(InetAddress address) {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }

  /** {@code CN=NAME} of a verified client certificate, else the address. */
  static String of(SSLSocket socket) {
    String subject = subject(socket);
    return subject == null ? of(socket.getInetAddress()) : subject;
  }

  private static @Nullable String subject(SSLSocket socket) {
    try {
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return commonName(certificate.getSubjectX500Principal().getName());
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  static @Nullable String commonName(String distinguishedName) {
    try {
      List<Rdn> parts = new LdapName(distinguishedName).getRdns();
      for (Rdn part : parts.reversed()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          return "CN=" + cleaned(String.valueOf(part.getValue()));
        }
      }
      return null;
    } catch (InvalidNameException e) {
      return null;
    }
  }

  private static String cleaned(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints()
        .limit(MAX_LENGTH)
        .forEach(
            c ->
                clean.appendCodePoint(
                    Character.isLetterOrDigit(c) || ".-_@:".indexOf(c) >= 0 ? c : '_'));
    return clean.toString();
  }
}
