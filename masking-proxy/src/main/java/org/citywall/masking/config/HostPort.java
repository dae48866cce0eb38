// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

/**
 * An address to listen on.
 *
 * @param host name or address, IPv6 without its brackets
 * @param port 0 for any free one
 */
public record HostPort(String host, int port) {

  private static final int MAX_PORT = 65_535;

  public HostPort {
    if (host.isBlank() || port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("HOST:PORT with a port from 0 to " + MAX_PORT);
    }
  }

  /** {@code 127.0.0.1:15432} or {@code [::1]:15432}, or an IllegalArgumentException. */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException("an IPv6 address stands in brackets, [::1]:15432");
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("HOST:PORT with a port from 0 to " + MAX_PORT, e);
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
