// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request (RFC 9112), read strictly: what two readers could understand differently is
 * refused, so that a proxy before this server never sees other requests than it.
 *
 * @param path of the target, without query
 * @param persistent whether another request may follow on the connection
 * @param fields fields that are known here, by name in lower case
 */
record HttpHead(String method, String path, boolean persistent, Map<String, String> fields) {

  static final String AUTHORIZATION = "authorization";
  static final String CONTENT_ENCODING = "content-encoding";
  static final String CONTENT_LENGTH = "content-length";
  static final String CONTENT_TYPE = "content-type";
  static final String EXPECT = "expect";
  static final String TRANSFER_ENCODING = "transfer-encoding";

  private static final String CONNECTION = "connection";
  private static final String HOST = "host";
  private static final Set<String> KNOWN =
      Set.of(
          AUTHORIZATION,
          CONNECTION,
          CONTENT_ENCODING,
          CONTENT_LENGTH,
          CONTENT_TYPE,
          EXPECT,
          HOST,
          TRANSFER_ENCODING);
  private static final int MAX_BYTES = 16 * 1024;
  private static final int MAX_FIELDS = 64;

  /** Reads the next head; null where the peer ends the connection instead. */
  static @Nullable HttpHead read(Connection connection) throws IOException, InterruptedException {
    FrameBuffer buffer = connection.buffer();
    List<String> lines = new ArrayList<>();
    int read = 0;
    while (true) {
      int end = buffer.find((byte) '\n', 0);
      if (end < 0 && read + buffer.size() <= MAX_BYTES) {
        if (!connection.read(!lines.isEmpty() || buffer.size() > 0)) {
          return null;
        }
        continue;
      }
      read += end + 1;
      if (end < 0 || read > MAX_BYTES || lines.size() > MAX_FIELDS) {
        throw malformed("the head is too long");
      }
      String line = line(buffer, end);
      if (!line.isEmpty()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        return of(lines);
      }
    }
  }

  private static String line(FrameBuffer buffer, int end) {
    if (end == 0 || buffer.at(end - 1) != '\r') {
      throw malformed("a line of the head does not end in CR LF");
    }
    String line = buffer.text(0, end - 1);
    buffer.skip(end + 1);
    return line;
  }

  private static HttpHead of(List<String> lines) {
    String[] request = lines.getFirst().split(" ", -1);
    boolean current = request.length == 3 && request[2].equals("HTTP/1.1");
    if (!current && !(request.length == 3 && request[2].equals("HTTP/1.0"))) {
      throw malformed("the request line is not METHOD TARGET HTTP/1.1");
    }
    Map<String, String> fields = fields(lines.subList(1, lines.size()));
    if (current && !fields.containsKey(HOST)) {
      throw malformed("Host is missing");
    }
    boolean coded = fields.containsKey(TRANSFER_ENCODING);
    if (coded && (!current || fields.containsKey(CONTENT_LENGTH))) {
      throw malformed("Transfer-Encoding where it may not be");
    }
    String options = fields.getOrDefault(CONNECTION, "").toLowerCase(Locale.ROOT);
    boolean closes = List.of(options.split("[ \t]*,[ \t]*", -1)).contains("close");
    return new HttpHead(request[0], path(request[1]), current && !closes, fields);
  }

  private static Map<String, String> fields(List<String> lines) {
    Map<String, String> fields = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1 || !isToken(line.substring(0, colon)) || !isValue(line)) {
        throw malformed("a field is not NAME: VALUE");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      if (KNOWN.contains(name)
          && fields.put(name, line.substring(colon + 1).strip()) != null
          && !name.equals(CONNECTION)) {
        throw malformed(name + " is given twice");
      }
    }
    return fields;
  }

  /** The path of a target in origin or absolute form (RFC 9112 section 3.2). */
  private static String path(String target) {
    int start = 0;
    if (target.startsWith("http://") || target.startsWith("https://")) {
      start = target.indexOf('/', target.indexOf("//") + 2);
    }
    int query = target.indexOf('?');
    return start < 0 ? "/" : target.substring(start, query < start ? target.length() : query);
  }

  private static boolean isToken(String name) {
    return name.chars()
        .allMatch(
            c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  private static boolean isValue(String line) {
    return line.chars().allMatch(c -> c >= ' ' && c != 127 || c == '\t');
  }

  static PlatformException malformed(String what) {
    return new PlatformException(CollectErrorCode.REQUEST_MALFORMED, what);
  }
}
