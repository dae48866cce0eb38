// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.net.InetAddress;
import java.net.URI;
import org.citywall.audit.secrets.TlsIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Where the console listens. Passwords and evidence pass here, so that whoever is not on this
 * machine needs TLS (1.2 or 1.3).
 *
 * @param bind address to listen on
 * @param port TCP port, 0 for any free one
 * @param name name or address by which people reach it, for its URL
 * @param tls what it shows; null for plain HTTP, on loopback only
 */
public record WebListener(InetAddress bind, int port, String name, @Nullable TlsIdentity tls) {

  public WebListener {
    if (tls == null && !bind.isLoopbackAddress()) {
      throw new IllegalArgumentException("plain HTTP on " + bind.getHostAddress());
    }
  }

  /** Plain HTTP for browsers on this machine. */
  public static WebListener loopback(int port) {
    return new WebListener(InetAddress.getLoopbackAddress(), port, "127.0.0.1", null);
  }

  /** URL of the console once it listens on this port. */
  URI address(int actualPort) {
    String host = name.contains(":") ? "[" + name + "]" : name;
    return URI.create((tls == null ? "http://" : "https://") + host + ":" + actualPort);
  }
}
