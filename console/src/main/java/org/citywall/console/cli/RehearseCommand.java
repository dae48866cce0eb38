// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.console.detection.DetectionHealth;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.correlation.Context;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts a server on data of its own, uses it and stops it. The launcher runs this once for each
 * build, for the JVM to note which classes a start needs (JEP 514); it is of no use to people.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start a server, use it and stop it, so that the JVM learns what a start needs.")
final class RehearseCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String EVENT = "{\"event.dataset\":\"citywall.rehearsal\"}\n";

  @Option(names = "--data", paramLabel = "DIR", description = "empty folder", required = true)
  private Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    DataFolder folder = new DataFolder(data.toAbsolutePath().normalize());
    ServerConfig config =
        new ServerConfig(folder, "127.0.0.1", 0, 0, 0, 0, 0, "localhost/citywall/rehearsal");
    try (Server server = Server.start(config, Clock.systemUTC(), log -> Context.empty());
        HttpClient http = HttpClient.newHttpClient()) {
      send(http, HttpRequest.newBuilder(server.console().address().resolve("/login")));
      ingest(http, server, folder);
      server.index().ensureVisible(server.log().size() - 1, PATIENCE);
      server.index().search(new SearchRequest(new Query.All(), TimeRange.ALL, 1, null));
      awaitDetection(server);
    }
    return ExitCode.DONE;
  }

  private static void ingest(HttpClient http, Server server, DataFolder folder)
      throws IOException, InterruptedException {
    String token = new InstalledFiles(folder, new SecureRandom()).ingestToken().reveal();
    URI ingest = URI.create(Server.ingestUrl(server.collectorAddresses().http().orElseThrow()));
    send(
        http,
        HttpRequest.newBuilder(ingest)
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(EVENT)));
  }

  private static void send(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<Void> answer =
        http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding());
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answered " + answer.statusCode());
    }
  }

  private static void awaitDetection(Server server) throws IOException, InterruptedException {
    DetectionRunner detection = server.console().service(DetectionRunner.class);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (detection.health().state() != DetectionHealth.State.FOLLOWING) {
      if (System.nanoTime() > deadline) {
        throw new IOException("detection does not follow the log");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
