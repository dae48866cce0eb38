// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a connection.
 *
 * @param certificate name of the certificate that it proved to own, null where it showed none
 */
record Peer(InetAddress address, @Nullable String certificate) {

  static Peer plain(InetAddress address) {
    return new Peer(address, null);
  }

  static Peer proven(InetAddress address, X509Certificate certificate) {
    return new Peer(address, CertificateName.of(certificate));
  }

  /** What its source is named after: its certificate, else its address. */
  String name() {
    return certificate == null ? addressText() : certificate;
  }

  /** Its address without the scope, which is this machine's own matter. */
  String addressText() {
    String text = address.getHostAddress();
    int scope = text.indexOf('%');
    return scope < 0 ? text : text.substring(0, scope);
  }
}
