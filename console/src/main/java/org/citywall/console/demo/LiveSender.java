// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Sends raw records to the collectors: host lines by syslog, all others by HTTP. */
final class LiveSender implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LiveTarget target;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private @Nullable Socket syslog;

  LiveSender(LiveTarget target) {
    this.target = target;
  }

  /** Sends one record; an exception means that it was not taken. */
  void send(DemoRecord record, String id) throws IOException, InterruptedException {
    switch (record) {
      case HostLine line -> sendSyslog(line.original());
      case DbAccess access -> sendJson(access.line(id));
      case PortalLogIn logIn -> sendJson(logIn.line(id));
      case SourceReport report -> throw new IllegalArgumentException("collectors report sources");
      case Tick tick -> throw new IllegalArgumentException("collectors tick themselves");
    }
  }

  private void sendJson(JsonLine line) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target.ingest())
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + target.token().reveal())
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(line.bytes()))
            .build();
    int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status / 100 != 2) {
      throw new IOException("ingest answered " + status);
    }
  }

  // Octet counting (RFC 6587 section 3.4.1).
  private void sendSyslog(byte[] line) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(line.length + 8);
    frame.writeBytes((line.length + " ").getBytes(StandardCharsets.US_ASCII));
    frame.writeBytes(line);
    try {
      connected().getOutputStream().write(frame.toByteArray());
    } catch (IOException e) {
      disconnect();
      throw e;
    }
  }

  private Socket connected() throws IOException {
    Socket open = syslog;
    if (open == null) {
      open = new Socket();
      open.connect(target.syslog(), (int) PATIENCE.toMillis());
      syslog = open;
    }
    return open;
  }

  private void disconnect() {
    Socket open = syslog;
    syslog = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The peer is gone already; nothing was promised about this connection.
        return;
      }
    }
  }

  @Override
  public void close() {
    disconnect();
    http.close();
  }
}
