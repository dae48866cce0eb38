// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses (RFC 4632 section 3.1, RFC 4291 section 2.3), or one address. IPv4 is
 * held as IPv4-mapped IPv6, so that both kinds compare as 16 unsigned bytes.
 */
public final class IpBlock {

  private static final int LENGTH = 16;
  private static final int MAPPED_BITS = 96;
  private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private final byte[] low;
  private final byte[] high;

  private IpBlock(byte[] low, byte[] high) {
    this.low = low;
    this.high = high;
  }

  /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or one address; empty where it is neither. */
  public static Optional<IpBlock> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    Optional<byte[]> address = address(literal);
    if (address.isEmpty()) {
      return Optional.empty();
    }
    boolean v6 = literal.indexOf(':') >= 0;
    int bits = slash < 0 ? 8 * LENGTH : prefix(text.substring(slash + 1), v6);
    return bits < 0 ? Optional.empty() : Optional.of(masked(address.get(), bits));
  }

  /** The 16 bytes of an address literal, never by a name service; empty where it is none. */
  public static Optional<byte[]> address(String literal) {
    if (!V4.matcher(literal).matches() && !V6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(widened(InetAddress.ofLiteral(literal).getAddress()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Text of 16 address bytes: dotted for IPv4, RFC 5952 for IPv6. */
  public static String text(byte[] address) {
    if (isMapped(address)) {
      return (address[12] & 0xff)
          + "."
          + (address[13] & 0xff)
          + "."
          + (address[14] & 0xff)
          + "."
          + (address[15] & 0xff);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (address[2 * i] & 0xff) << 8 | address[2 * i + 1] & 0xff;
    }
    return compressed(groups);
  }

  /** First address, 16 bytes. */
  public byte[] low() {
    return low.clone();
  }

  /** Last address, 16 bytes. */
  public byte[] high() {
    return high.clone();
  }

  public boolean contains(byte[] address) {
    return Arrays.compareUnsigned(low, address) <= 0 && Arrays.compareUnsigned(address, high) <= 0;
  }

  private static IpBlock masked(byte[] address, int bits) {
    byte[] low = address.clone();
    byte[] high = address.clone();
    for (int i = 0; i < LENGTH; i++) {
      int host = 0xff >> Math.clamp(bits - 8L * i, 0, 8);
      low[i] = (byte) (low[i] & ~host);
      high[i] = (byte) (high[i] | host);
    }
    return new IpBlock(low, high);
  }

  private static int prefix(String text, boolean v6) {
    if (text.isEmpty() || text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int bits = Integer.parseInt(text) + (v6 ? 0 : MAPPED_BITS);
    return bits <= 8 * LENGTH ? bits : -1;
  }

  private static byte[] widened(byte[] address) {
    if (address.length == LENGTH) {
      return address;
    }
    byte[] wide = new byte[LENGTH];
    wide[10] = (byte) 0xff;
    wide[11] = (byte) 0xff;
    System.arraycopy(address, 0, wide, 12, 4);
    return wide;
  }

  private static boolean isMapped(byte[] address) {
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[10] == (byte) 0xff && address[11] == (byte) 0xff;
  }

  private static String compressed(int[] groups) {
    int start = -1;
    int longest = 1;
    for (int i = 0; i < 8; i++) {
      int run = 0;
      while (i + run < 8 && groups[i + run] == 0) {
        run++;
      }
      if (run > longest) {
        start = i;
        longest = run;
      }
      i += run;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]).toLowerCase(Locale.ROOT));
      }
    }
    return text.toString();
  }
}
