// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;

/**
 * One request of a client and its answer.
 *
 * @param client name in the client's certificate
 * @param rights what it may do
 */
record Exchange(HttpExchange http, String client, StoreAccess.Rights rights) {

  static final String BYTES = "application/octet-stream";
  static final String TEXT = "text/plain; charset=utf-8";
  static final String ERROR_HEADER = "Citywall-Error";
  static final String FOR_EVER = "max-age=31536000, immutable";
  static final String NOT_KEPT = "no-store";

  private static final String RETRY_AFTER_SECONDS = "1";

  Parameters parameters(Set<String> known) {
    return Parameters.of(http.getRequestURI().getRawQuery(), known);
  }

  /** Length of the body as its sender says; {@code AUD-0103} where it does not say. */
  long bodyLength() {
    String length = http.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      throw new PlatformException(
          AuditErrorCode.STORE_REQUEST_MALFORMED, "Content-Length is required");
    }
    return Long.parseLong(length);
  }

  byte[] body(int length) throws IOException {
    byte[] body = http.getRequestBody().readNBytes(length);
    if (body.length < length) {
      throw new IOException("the body ended after " + body.length + " of " + length + " bytes");
    }
    return body;
  }

  void answer(String type, String caching, byte[] body) throws IOException {
    head(type, caching);
    send(200, body);
  }

  /** Says why nothing was done. Details of what is not the client's business are left out. */
  void refuse(ErrorCode code, String detail) throws IOException {
    boolean mayKnow = code.httpStatus() < 500;
    if (code.httpStatus() == 503) {
      http.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
    }
    head(TEXT, NOT_KEPT);
    http.getResponseHeaders().set(ERROR_HEADER, code.id());
    String line = code.id() + ' ' + (mayKnow ? detail : code.meaning()) + '\n';
    send(code.httpStatus(), line.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the rest of a body that was refused, so that its sender gets to read the answer. */
  void drain(long atMost) throws IOException {
    InputStream in = http.getRequestBody();
    in.skip(atMost);
  }

  private void head(String type, String caching) {
    http.getResponseHeaders().set("Content-Type", type);
    http.getResponseHeaders().set("Cache-Control", caching);
  }

  private void send(int status, byte[] body) throws IOException {
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body);
    http.getResponseBody().flush();
  }
}
