// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import org.citywall.collect.ParserOptions;

/**
 * Reads what RFC 3164 describes and what is found in the wild: with and without priority, host,
 * year and tag, as sent by daemons and as written in files under {@code /var/log}.
 */
final class LegacyEnvelope {

  private static final int MAX_HOST = 255;
  private static final int MAX_PROGRAM = 128;

  private final byte[] in;
  private int at;

  private LegacyEnvelope(byte[] in, int at) {
    this.in = in;
    this.at = at;
  }

  static void read(byte[] in, int at, Envelope into, ParserOptions options, Instant received)
      throws Malformed {
    new LegacyEnvelope(in, at).read(into, options, received);
  }

  private void read(Envelope into, ParserOptions options, Instant received) throws Malformed {
    ZoneId zone = options.zone();
    Timestamps.Read time = Timestamps.bsd(in, at, zone, options.year(), received);
    if (time == null) {
      time = Timestamps.iso(in, at, zone);
    }
    if (time == null) {
      if (into.priority < 0) {
        throw new Malformed("neither a priority nor a timestamp at the start");
      }
      // RFC 3164 section 4.3.3: what follows the priority is the message, sent just now.
      tag(into);
      return;
    }
    into.timestamp = time.instant();
    into.zoned = time.zoned();
    at = time.end();
    if (at < in.length && in[at] == ':') {
      at++;
    }
    if (at < in.length && in[at] != ' ') {
      throw new Malformed("no space after the timestamp");
    }
    at = Math.min(at + 1, in.length);
    host(into);
    tag(into);
  }

  private void host(Envelope into) {
    int end = at;
    while (end < in.length && isHostByte(in[end])) {
      end++;
    }
    boolean word = end < in.length && in[end] == ' ' && end - at <= MAX_HOST;
    if (word && end == at) {
      at++;
    } else if (word && in[end - 1] != ':') {
      into.host = new String(in, at, end - at, UTF_8);
      at = end + 1;
    }
  }

  private static boolean isHostByte(byte b) {
    return b > ' ' && b != '[' && b != '(' && b != 127 || b < 0;
  }

  private void tag(Envelope into) {
    int end = at;
    while (end < in.length && in[end] > ' ' && in[end] != '[' && in[end] != ':') {
      end++;
    }
    int colon = in.length > end && in[end] == '[' ? processId(into, end) : end;
    if (end > at
        && end - at <= MAX_PROGRAM
        && colon < in.length
        && in[colon] == ':'
        && (colon + 1 == in.length || in[colon + 1] <= ' ' || colon > end)) {
      into.program = new String(in, at, end - at, UTF_8);
      at = colon + 1;
      if (at < in.length && in[at] == ' ') {
        at++;
      }
    } else {
      into.processId = null;
    }
    at = Encodings.markEnd(in, at);
    into.message = new String(in, at, in.length - at, UTF_8);
  }

  private int processId(Envelope into, int bracket) {
    int end = bracket + 1;
    while (end < in.length && in[end] > ' ' && in[end] != ']') {
      end++;
    }
    if (end >= in.length || in[end] != ']') {
      return in.length;
    }
    if (end > bracket + 1) {
      into.processId = new String(in, bracket + 1, end - bracket - 1, UTF_8);
    }
    return end + 1;
  }
}
