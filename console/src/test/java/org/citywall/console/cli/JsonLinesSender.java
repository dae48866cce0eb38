// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Posts JSON lines to the ingest port with the token of a data folder. */
final class JsonLinesSender {

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI ingest;
  private final String token;

  JsonLinesSender(String ingest, Path data) throws IOException {
    this.ingest = URI.create(ingest);
    this.token = Files.readString(new DataFolder(data).ingestToken()).strip();
  }

  /** The answer's body; anything but 200 is an exception. */
  String send(List<String> lines) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(ingest)
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines) + "\n"))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return response.body();
  }
}
