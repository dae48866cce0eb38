// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a running host listens, from {@code /proc/net}. Facts: {@code listening}, a list with
 * {@code name} ({@code tcp/22}), {@code protocol}, {@code port} and {@code loopback}.
 */
final class PortsCollector extends HostCollector {

  static final String NAME = "ports";

  private static final int HEX = 16;
  private static final String LISTENING = "0A";
  private static final String UNCONNECTED = "07";
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";

  /** Where an IPv4 address within an IPv6 one begins, as the kernel prints it. */
  private static final String MAPPED = "0000000000000000FFFF0000";

  private PortsCollector() {
    super(NAME);
  }

  static PortsCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new PortsCollector();
  }

  /** A place where something listens. */
  private record Socket(String protocol, int port, boolean loopback) implements Comparable<Socket> {
    @Override
    public int compareTo(Socket other) {
      int order = protocol.compareTo(other.protocol);
      order = order != 0 ? order : Integer.compare(port, other.port);
      return order != 0 ? order : Boolean.compare(loopback, other.loopback);
    }
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    if (!host.live()) {
      throw new Uncollectable("the system does not run");
    }
    TreeSet<Socket> sockets = new TreeSet<>();
    for (Map.Entry<String, String> file :
        List.of(
            Map.entry("tcp", LISTENING),
            Map.entry("tcp6", LISTENING),
            Map.entry("udp", UNCONNECTED),
            Map.entry("udp6", UNCONNECTED))) {
      Optional<String> text = host.read("/proc/net/" + file.getKey());
      if (text.isPresent()) {
        read(text.get(), file.getKey().substring(0, 3), file.getValue(), sockets);
      }
    }
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ArrayNode listening = facts.putArray("listening");
    for (Socket socket : sockets) {
      listening
          .addObject()
          .put("name", socket.protocol() + "/" + socket.port())
          .put("protocol", socket.protocol())
          .put("port", socket.port())
          .put("loopback", socket.loopback());
    }
    return facts;
  }

  private static void read(String text, String protocol, String state, TreeSet<Socket> sockets) {
    for (String line : text.lines().skip(1).toList()) {
      String[] fields = line.strip().split("\\s+");
      if (fields.length > 3 && fields[3].equals(state)) {
        int colon = fields[1].indexOf(':');
        String address = fields[1].substring(0, colon).toUpperCase(Locale.ROOT);
        int port = Integer.parseInt(fields[1].substring(colon + 1), HEX);
        sockets.add(new Socket(protocol, port, loopback(address)));
      }
    }
  }

  /** Addresses stand in the order of the machine's bytes: 127.0.0.1 is 0100007F. */
  private static boolean loopback(String address) {
    return address.equals(LOOPBACK_6)
        || address.length() == 8 && address.endsWith("7F")
        || address.startsWith(MAPPED) && address.endsWith("7F");
  }
}
