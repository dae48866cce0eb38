// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.citywall.audit.ErrorCode;

/**
 * An answer with a JSON body.
 *
 * @param fields further fields, each ended by CR LF
 */
record HttpReply(int status, String fields, byte[] body) {

  private static final int RETRY_AFTER_SECONDS = 1;

  static HttpReply ok(byte[] body) {
    return new HttpReply(200, "", body);
  }

  static HttpReply refusal(ErrorCode code, String reason) {
    return refusal(code.httpStatus(), code, reason);
  }

  static HttpReply refusal(int status, ErrorCode code, String reason) {
    String fields =
        switch (status) {
          case 401 -> "WWW-Authenticate: Bearer\r\n";
          case 405 -> "Allow: POST\r\n";
          case 415 -> "Accept: application/x-ndjson\r\n";
          case 429, 503 -> "Retry-After: " + RETRY_AFTER_SECONDS + "\r\n";
          default -> "";
        };
    return new HttpReply(status, fields, HttpAnswer.refusal(code, reason));
  }

  /**
   * Writes it.
   *
   * @param last whether the connection is closed after it
   */
  void write(OutputStream out, boolean last) throws IOException {
    String head =
        "HTTP/1.1 "
            + status
            + " \r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n"
            + fields
            + (last ? "Connection: close\r\n\r\n" : "\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + body.length);
    whole.writeBytes(head.getBytes(ISO_8859_1));
    whole.writeBytes(body);
    out.write(whole.toByteArray());
    out.flush();
  }
}
