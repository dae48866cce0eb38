// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the header of RFC 5424 section 6 from behind {@code <PRI>1 }. */
final class StructuredEnvelope {

  private static final int MAX_HOST = 255;
  private static final int MAX_PROGRAM = 128;
  private static final int MAX_PROCESS_ID = 128;
  private static final int MAX_MESSAGE_ID = 64;

  private final byte[] in;
  private int at;

  private StructuredEnvelope(byte[] in, int at) {
    this.in = in;
    this.at = at;
  }

  static void read(byte[] in, int at, Envelope into) throws Malformed {
    new StructuredEnvelope(in, at).read(into);
  }

  private void read(Envelope into) throws Malformed {
    into.structured = true;
    timestamp(into);
    into.host = word(MAX_HOST, "HOSTNAME");
    into.program = word(MAX_PROGRAM, "APP-NAME");
    into.processId = word(MAX_PROCESS_ID, "PROCID");
    into.messageId = word(MAX_MESSAGE_ID, "MSGID");
    into.structuredData = structuredData();
    if (at < in.length) {
      space("STRUCTURED-DATA");
    }
    into.message = message();
  }

  private void timestamp(Envelope into) throws Malformed {
    into.zoned = true;
    if (at < in.length && in[at] == '-') {
      at++;
    } else {
      Timestamps.Read time = Timestamps.iso(in, at, ZoneOffset.UTC);
      if (time == null || !time.zoned()) {
        throw new Malformed("TIMESTAMP is not as RFC 5424 section 6.2.3 says");
      }
      into.timestamp = time.instant();
      at = time.end();
    }
    space("TIMESTAMP");
  }

  private @Nullable String word(int max, String name) throws Malformed {
    int start = at;
    while (at < in.length && in[at] != ' ') {
      if (in[at] < 33 || in[at] > 126) {
        throw new Malformed(name + " has bytes that are not printable ASCII");
      }
      at++;
    }
    int length = at - start;
    if (length == 0 || length > max) {
      throw new Malformed(name + " is missing or too long");
    }
    String text = length == 1 && in[start] == '-' ? null : new String(in, start, length, US_ASCII);
    space(name);
    return text;
  }

  private @Nullable String structuredData() throws Malformed {
    if (at < in.length && in[at] == '-') {
      at++;
      return null;
    }
    int start = at;
    while (at < in.length && in[at] == '[') {
      element();
    }
    if (at == start) {
      throw new Malformed("STRUCTURED-DATA is missing");
    }
    return new String(in, start, at - start, UTF_8);
  }

  private void element() throws Malformed {
    boolean quoted = false;
    for (at++; at < in.length; at++) {
      byte b = in[at];
      if (quoted && b == '\\') {
        at++;
      } else if (b == '"') {
        quoted = !quoted;
      } else if (b == ']' && !quoted) {
        at++;
        return;
      }
    }
    throw new Malformed("STRUCTURED-DATA is not closed");
  }

  private String message() {
    int start = Encodings.markEnd(in, at);
    if (start == at && start < in.length && in[start] == ' ') {
      // rsyslog's own template writes a second space, left over from the older format.
      start++;
    }
    return new String(in, start, in.length - start, UTF_8);
  }

  private void space(String before) throws Malformed {
    if (at >= in.length || in[at] != ' ') {
      throw new Malformed("no space after " + before);
    }
    at++;
  }
}
