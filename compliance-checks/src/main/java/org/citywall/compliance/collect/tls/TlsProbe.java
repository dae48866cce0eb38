// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a server what it accepts: for each version whether, and with which suites, until it refuses
 * those that are left. Each question is a connection of its own. A database counts connections that
 * end early against the client's address, so there only its first choice for each version is asked.
 */
public final class TlsProbe {

  private static final int MOST_CONNECTIONS = 250;

  private final String host;
  private final int port;
  private final TlsOpening opening;
  private final Duration patience;
  private int connections;

  /**
   * A probe of one server, for one use.
   *
   * @param patience for each step of a connection
   */
  public TlsProbe(String host, int port, TlsOpening opening, Duration patience) {
    this.host = host;
    this.port = port;
    this.opening = opening;
    this.patience = patience;
  }

  /** Asks; {@code IOException} with the reason where it cannot be told. */
  public TlsFindings ask() throws IOException {
    boolean complete = opening == TlsOpening.DIRECT;
    try (Socket socket = connect()) {
      if (!opening.open(socket)) {
        return new TlsFindings(false, Map.of(), true, List.of());
      }
    }
    Map<TlsVersion, List<TlsSuite>> suites = new EnumMap<>(TlsVersion.class);
    boolean speaks = false;
    for (TlsVersion version : TlsVersion.values()) {
      try {
        List<TlsSuite> accepted = accepted(version, complete);
        speaks = true;
        if (!accepted.isEmpty()) {
          suites.put(version, accepted);
        }
      } catch (NotTls e) {
        if (speaks) {
          throw e;
        }
        return new TlsFindings(false, Map.of(), true, List.of());
      }
    }
    return new TlsFindings(true, suites, complete, chain(suites));
  }

  private List<TlsSuite> accepted(TlsVersion version, boolean all) throws IOException {
    List<TlsSuite> left = new ArrayList<>(TlsSuite.of(version));
    List<TlsSuite> accepted = new ArrayList<>();
    while (!left.isEmpty()) {
      int chosen = choice(version, left);
      TlsSuite suite = left.stream().filter(one -> one.code() == chosen).findFirst().orElse(null);
      if (suite == null) {
        break;
      }
      accepted.add(suite);
      left.remove(suite);
      if (!all) {
        break;
      }
    }
    return accepted;
  }

  /** The suite that the server chooses; -1 where it refuses, or goes on in another version. */
  private int choice(TlsVersion version, List<TlsSuite> suites) throws IOException {
    try (Socket socket = connect()) {
      if (!opening.open(socket)) {
        throw new IOException("it offers TLS at one time and not at another");
      }
      return switch (greet(socket, version, suites).hello()) {
        case ServerAnswer.Accepted accepted when accepted.version() == version.code() ->
            accepted.suite();
        case ServerAnswer.Accepted _, ServerAnswer.Refused _, ServerAnswer.Certificates _ -> -1;
      };
    }
  }

  private ServerAnswer.Reader greet(Socket socket, TlsVersion version, List<TlsSuite> suites)
      throws IOException {
    List<Integer> codes = suites.stream().map(TlsSuite::code).toList();
    socket.getOutputStream().write(ClientHello.bytes(version, codes, serverName()));
    return new ServerAnswer.Reader(
        new DataInputStream(new BufferedInputStream(socket.getInputStream())));
  }

  private List<byte[]> chain(Map<TlsVersion, List<TlsSuite>> suites) throws IOException {
    for (TlsVersion version :
        List.of(TlsVersion.TLS_1_2, TlsVersion.TLS_1_1, TlsVersion.TLS_1_0, TlsVersion.SSL_3)) {
      if (suites.containsKey(version)) {
        return clearChain(version, suites.get(version));
      }
    }
    if (suites.containsKey(TlsVersion.TLS_1_3)) {
      try (Socket socket = connect()) {
        return opening.open(socket) ? FinishedHandshake.chain(socket, host, port) : List.of();
      }
    }
    return suites.containsKey(TlsVersion.TLCP)
        ? clearChain(TlsVersion.TLCP, suites.get(TlsVersion.TLCP))
        : List.of();
  }

  private List<byte[]> clearChain(TlsVersion version, List<TlsSuite> suites) throws IOException {
    try (Socket socket = connect()) {
      if (!opening.open(socket)) {
        return List.of();
      }
      ServerAnswer.Reader reader = greet(socket, version, suites);
      return reader.hello() instanceof ServerAnswer.Accepted
          ? reader.certificates().chain()
          : List.of();
    }
  }

  private Socket connect() throws IOException {
    if (++connections > MOST_CONNECTIONS) {
      throw new IOException("more than " + MOST_CONNECTIONS + " connections would be needed");
    }
    int milliseconds = Math.toIntExact(patience.toMillis());
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), milliseconds);
      socket.setSoTimeout(milliseconds);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Names of hosts are told to the server, addresses must not be (RFC 6066 3). */
  private String serverName() {
    return host.matches("[0-9.]+") || host.indexOf(':') >= 0 ? "" : host;
  }
}
