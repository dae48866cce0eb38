// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.RestoreEntry;
import org.citywall.console.control.ControlClient;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server is backed up under load, lost, and put back on another folder. */
final class BackupIT {

  private static final String PREFIX = "backup-it-";

  @TempDir private Path folder;
  private final List<String> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everythingAcknowledgedBeforeABackupIsThereAfterItsRestore() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("backup.tar");
    Path restored = folder.resolve("restored");
    List<String> before;
    JsonNode made;
    try (ServerProcess server = ServerProcess.start("up", data)) {
      attack(server);
      awaitIdle(data);
      AtomicBoolean stop = new AtomicBoolean();
      Thread load = load(server, data, stop);
      Awaitility.await().until(() -> acknowledged.size() > 200);
      before = List.copyOf(acknowledged);

      int code =
          run("backup", "--data", data.toString(), "--to", file.toString(), "--test", "--json");

      assertThat(code).as(err.toString()).isZero();
      made = JsonMapper.shared().readTree(out.toString());
      int then = acknowledged.size();
      Awaitility.await().until(() -> acknowledged.size() > then + 100);
      stop.set(true);
      load.join();
      awaitSigned(data, made.get("entries").asLong());
      server.kill();
    }
    assertThat(made.get("running").asBoolean()).isTrue();
    assertThat(made.get("signed").asBoolean()).isTrue();
    assertThat(made.get("verdict").asString()).isEqualTo("intact");
    assertThat(made.get("prefixProved").asBoolean()).isTrue();
    assertThat(made.get("payloads").asLong()).isPositive();
    assertThat(made.get("closedPayloads").asLong()).isZero();
    assertThat(made.get("incidentRows").asLong()).isEqualTo(1);
    assertThat(actions(data)).contains("backup-begun", "backup-made", "backup-tested");

    String kept = data.resolve("log/tlog").toString();
    String keptSm3 = data.resolve("log/sm3").toString();
    String[] restore = {
      "restore",
      "--from",
      file.toString(),
      "--data",
      restored.toString(),
      "--expect",
      kept,
      "--expect",
      keptSm3
    };
    assertThat(run(restore)).isEqualTo(ExitCode.REFUSED_BY_POLICY);
    assertThat(
            run(
                Stream.concat(Stream.of(restore), Stream.of("--accept-loss"))
                    .toArray(String[]::new)))
        .as(err.toString())
        .isZero();

    copyKeys(data, restored);
    try (ServerProcess server = ServerProcess.start("up", restored)) {
      awaitIdle(restored);
      assertThat(server.stop()).isEqualTo(143);
    }
    Map<String, Integer> recorded = recorded(restored);
    assertThat(recorded.keySet()).containsAll(before);
    assertThat(before).allSatisfy(id -> assertThat(recorded).containsEntry(id, 1));
    assertTellsOfItsRestore(restored, made.get("entries").asLong());
    assertThat(incidents(restored)).hasSize(1).isEqualTo(incidents(data));
    assertIndexIsWhole(restored);
    assertThat(run("verify", "--data", restored.toString())).as(out.toString()).isZero();
    assertThat(run("verify", "--data", restored.toString(), "--expect", kept))
        .as(out.toString())
        .isEqualTo(11);
    assertThat(out.toString()).contains("the restore is recorded at leaf");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Enough failures and a success behind them, which is an incident. */
  private static void attack(ServerProcess server) throws IOException {
    try (RelpSender sender = new RelpSender(server.port("relp"))) {
      for (int i = 0; i <= 12; i++) {
        sender.send(
            "<38>1 %s gw-01 sshd 4242 - - %s password for root from 203.0.113.9 port 50022 ssh2"
                .formatted(Instant.now(), i == 12 ? "Accepted" : "Failed"));
      }
    }
  }

  private Thread load(ServerProcess server, Path data, AtomicBoolean stop) throws IOException {
    JsonLinesSender sender = new JsonLinesSender(server.part("ingest"), data);
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (int n = 0; !stop.get(); n++) {
                  List<String> ids = new ArrayList<>();
                  for (int i = 0; i < 10; i++) {
                    ids.add(PREFIX + n + "-" + i);
                  }
                  sender.send(ids.stream().map(BackupIT::line).toList());
                  acknowledged.addAll(ids);
                }
              } catch (IOException | InterruptedException e) {
                return; // the server was killed
              }
            });
  }

  private static String line(String id) {
    return "{\"@timestamp\":\"%s\",\"event.id\":\"%s\",\"event.dataset\":\"backup.test\"}"
        .formatted(Instant.now(), id);
  }

  private static void awaitIdle(Path data) {
    ControlClient control = new ControlClient(new DataFolder(data).controlSocket());
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(control.send("status", Map.of()))
                    .containsEntry("spool.depth", 0)
                    .containsEntry("index.lag", 0)
                    .containsEntry("detection.state", "FOLLOWING")
                    .containsEntry("detection.lag", 0));
  }

  private static void awaitSigned(Path data, long entries) {
    ControlClient control = new ControlClient(new DataFolder(data).controlSocket());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                ((Number) control.send("status", Map.of()).get("log.checkpoint")).longValue()
                    > entries);
  }

  private static void copyKeys(Path from, Path to) throws IOException {
    Path keys = to.resolve("keys");
    Files.createDirectories(keys);
    try (Stream<Path> files = Files.list(from.resolve("keys"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, keys.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static List<LoggedEntry> entries(Path data) {
    try (LogReader log = LogAccess.reading(data)) {
      return log.read(0, Integer.MAX_VALUE);
    }
  }

  private static List<String> actions(Path data) {
    return entries(data).stream()
        .map(entry -> String.valueOf(entry.event().text(Field.EVENT_ACTION)))
        .toList();
  }

  private static Map<String, Integer> recorded(Path data) {
    Map<String, Integer> counts = new HashMap<>();
    for (LoggedEntry entry : entries(data)) {
      String id = marker(entry.event());
      if (!id.isEmpty()) {
        counts.merge(id, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String marker(Event event) {
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    String text = original == null ? "" : new String(original, StandardCharsets.UTF_8);
    int start = text.indexOf(PREFIX);
    return start < 0 ? "" : text.substring(start, text.indexOf('"', start));
  }

  private static void assertTellsOfItsRestore(Path data, long leaf) {
    try (LogReader log = LogAccess.reading(data)) {
      LoggedEntry first = log.read(leaf);
      assertThat(RestoreEntry.is(first)).isTrue();
      assertThat(first.event().labels()).containsKey("restore.void.checkpoint");
    }
  }

  private static List<String> incidents(Path data) {
    try (StateStore store =
        StateStore.open(new StateDatabase.Embedded(new DataFolder(data).state()))) {
      return store.read(
          jdbc ->
              jdbc.sql("select number || ' ' || group_key || ' ' || state from incident")
                  .query(String.class)
                  .list());
    }
  }

  private static void assertIndexIsWhole(Path data) throws Exception {
    try (LogReader log = LogAccess.reading(data);
        var index = LuceneIndex.openReadOnly(new DataFolder(data).index())) {
      assertThat(index.asOfLeaf()).isEqualTo(log.size());
    }
  }
}
