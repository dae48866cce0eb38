// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.net.InetAddress;

/** Tells IP literals from names, without ever asking a name server. */
final class IpLiteral {

  private static final int MAX_LENGTH = 45;

  private IpLiteral() {}

  static boolean is(String text) {
    int length = text.length();
    if (length < 2 || length > MAX_LENGTH) {
      return false;
    }
    return text.indexOf(':') >= 0 ? isV6(text) : isV4(text);
  }

  private static boolean isV4(String text) {
    int parts = 0;
    int number = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (number < 0 || number > 255) {
          return false;
        }
        parts++;
        number = -1;
      } else if (c >= '0' && c <= '9' && number < 256) {
        number = Math.max(number, 0) * 10 + c - '0';
      } else {
        return false;
      }
    }
    return parts == 4;
  }

  private static boolean isV6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ':' && c != '.' && Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
    }
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
