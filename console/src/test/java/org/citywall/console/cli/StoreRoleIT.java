// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.console.control.ControlClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in one process, everything else in another. */
final class StoreRoleIT {

  @TempDir private Path folder;

  private Path storeData;
  private Path restData;

  @BeforeEach
  void nameClients() throws IOException {
    storeData = folder.resolve("s");
    restData = folder.resolve("r");
    Files.createDirectories(storeData);
    Files.writeString(
        new DataFolder(storeData).storeClients(),
        "console:\n  may: [append, govern, read, prove]\n");
  }

  private ServerProcess startStore(int port) throws IOException {
    return ServerProcess.start(
        "up", storeData, "--roles", "store", "--store-port", Integer.toString(port));
  }

  private ServerProcess startRest(int storePort) throws IOException {
    return ServerProcess.start(
        "up",
        restData,
        "--roles",
        "collect,correlate,console",
        "--store",
        "https://127.0.0.1:" + storePort,
        "--store-credentials",
        new DataFolder(storeData).storeClient("console").toString());
  }

  @Test
  void collectsSearchesAndDetectsWithALogThatAnotherProcessKeeps() throws Exception {
    ServerProcess store = startStore(0);
    int port = store.port("store");
    try (ServerProcess rest = startRest(port)) {
      JsonLinesSender sender = new JsonLinesSender(rest.part("ingest"), restData);
      sender.send(lines("before", 50));
      awaitStatus(status -> assertThat(status).containsEntry("spool.depth", 0));
      store.kill();
      // The collector acknowledges from its own spool while the store is away.
      sender.send(lines("without", 50));
      store = startStore(port);
      sender.send(lines("after", 50));

      awaitStatus(
          status ->
              assertThat(status)
                  .containsEntry("spool.depth", 0)
                  .containsEntry("index.lag", 0)
                  .containsEntry("detection.state", "FOLLOWING")
                  .containsEntry("detection.lag", 0));
      assertThat(rest.stop()).isEqualTo(143);
      assertThat(store.stop()).isEqualTo(143);
    } finally {
      store.close();
    }

    assertHoldsEachOnce();
    assertThat(restData.resolve("log")).doesNotExist();
    Checkpoint remembered =
        Checkpoint.verified(
            Files.readString(new DataFolder(restData).storeMemory()),
            EvidenceLogs.statedKey(storeData));
    assertThat(remembered.size()).isPositive();
  }

  @Test
  void isAnchoredByTheProcessThatKeepsTheLog() throws Exception {
    Path copy = folder.resolve("copy");
    Path yaml = folder.resolve("citywall.yaml");
    Files.writeString(
        yaml, "anchor-copy: " + copy + "\nanchor-interval: 1d\nretention: {days: 1500}\n");
    try (ServerProcess store =
        ServerProcess.start(
            "up",
            storeData,
            "--roles",
            "store",
            "--store-port",
            "0",
            "--config",
            yaml.toString())) {
      ControlClient control = new ControlClient(new DataFolder(storeData).controlSocket());

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                control.send("anchor", Map.of());
                assertThat(control.send("status", Map.of()))
                    .containsEntry("anchor.well", true)
                    .extractingByKey("anchor.size", InstanceOfAssertFactories.INTEGER)
                    .isPositive();
              });
      assertThat(store.stop()).isEqualTo(143);
    }

    try (Stream<Path> files = Files.walk(copy)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("checkpoint")))
          .isNotEmpty();
    }
  }

  private void awaitStatus(ThrowingConsumer<Map<String, Object>> expected) {
    ControlClient control = new ControlClient(new DataFolder(restData).controlSocket());
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> expected.accept(control.send("status", Map.of())));
  }

  private void assertHoldsEachOnce() {
    List<String> held = new ArrayList<>();
    try (LogReader log = LogAccess.reading(storeData)) {
      for (LoggedEntry entry : log.read(0, Integer.MAX_VALUE)) {
        String id = entry.event().text(Field.GOV_CLIENT_ID);
        if (id != null) {
          held.add(id);
        }
      }
    }
    assertThat(held)
        .containsExactlyInAnyOrderElementsOf(
            List.of("before", "without", "after").stream()
                .flatMap(part -> ids(part, 50).stream())
                .toList());
    assertThat(new LogVerifier(storeData, Optional.empty()).full(Progress.SILENT).verdict())
        .isEqualTo(Verdict.INTACT);
  }

  private static List<String> ids(String part, int count) {
    return IntStream.range(0, count).mapToObj(i -> part + "-" + i).toList();
  }

  private static List<String> lines(String part, int count) {
    return ids(part, count).stream()
        .map(
            id ->
                "{\"@timestamp\":\"%s\",\"event.id\":\"%s\",\"event.dataset\":\"store.test\"}"
                    .formatted(Instant.now(), id))
        .toList();
  }
}
