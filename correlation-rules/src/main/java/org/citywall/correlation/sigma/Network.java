// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A range of IPv4 or IPv6 addresses in CIDR notation. */
final class Network {

  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final int LONGEST = 45;

  private final byte[] base;
  private final int prefix;

  private Network(byte[] base, int prefix) {
    this.base = base;
    this.prefix = prefix;
  }

  /** Reads {@code 10.0.0.0/8}; an address alone is a network of one. */
  static Optional<Network> parse(String cidr) {
    int slash = cidr.indexOf('/');
    byte[] base = address(slash < 0 ? cidr : cidr.substring(0, slash));
    if (base == null) {
      return Optional.empty();
    }
    double prefix = slash < 0 ? base.length * 8 : Numbers.parse(cidr.substring(slash + 1));
    return prefix >= 0 && prefix <= base.length * 8
        ? Optional.of(new Network(base, (int) prefix))
        : Optional.empty();
  }

  boolean contains(String text) {
    byte[] address = address(text);
    if (address == null || address.length != base.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != base[i]) {
        return false;
      }
    }
    int rest = prefix % 8;
    return rest == 0 || ((address[whole] ^ base[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  private static byte @Nullable [] address(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    if (V4.matcher(text).matches()) {
      return v4(text);
    }
    return text.indexOf(':') >= 0 ? v6(text) : null;
  }

  private static byte @Nullable [] v4(String text) {
    byte[] address = new byte[4];
    int i = 0;
    for (String part : text.split("\\.", -1)) {
      int value = Integer.parseInt(part);
      if (value > 255) {
        return null;
      }
      address[i++] = (byte) value;
    }
    return address;
  }

  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    byte[] head = groups(gap < 0 ? text : text.substring(0, gap));
    byte[] tail = groups(gap < 0 ? "" : text.substring(gap + 2));
    if (head == null || tail == null) {
      return null;
    }
    int given = head.length + tail.length;
    if (gap < 0 ? given != 16 : given > 14) {
      return null;
    }
    byte[] address = Arrays.copyOf(head, 16);
    System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
    return address;
  }

  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int n = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && V4.matcher(parts[i]).matches()) {
        byte[] last = v4(parts[i]);
        if (last == null) {
          return null;
        }
        System.arraycopy(last, 0, bytes, n, 4);
        n += 4;
      } else if (parts[i].matches("[0-9a-fA-F]{1,4}")) {
        int value = Integer.parseInt(parts[i], 16);
        bytes[n++] = (byte) (value >>> 8);
        bytes[n++] = (byte) value;
      } else {
        return null;
      }
    }
    return Arrays.copyOf(bytes, n);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && prefix == that.prefix && Arrays.equals(base, that.base);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(base) + prefix;
  }

  @Override
  public String toString() {
    return Arrays.toString(base) + '/' + prefix;
  }

  /** An address within it. */
  String example() {
    try {
      return InetAddress.getByAddress(base).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
    }
  }
}
