// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.console.control.ControlClient;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a whole server under load, again and again, and asks afterwards for everything that was
 * acknowledged.
 */
final class KillNineIT {

  private static final int ROUNDS = Integer.getInteger("tests.kills", 20);
  private static final int FAILURES_BEFORE_SUCCESS = 12;

  @TempDir Path data;

  private final Load load = new Load();

  @EnabledIfSystemProperty(
      named = "tests.deep",
      matches = "true",
      disabledReason = "takes minutes; not yet seen to its end on a quiet machine")
  @RandomizedTest(iterations = 1)
  void everyAcknowledgedEventIsThereOnceAfterKills(RandomGenerator random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess server = ServerProcess.start("up", data)) {
        load.beginAttack(round);
        Thread http = load.http(server, data, round);
        Thread relp = load.relp(server, round);
        http.join(Duration.ofMillis(random.nextInt(50, 1_500)));
        server.kill();
        http.join();
        relp.join();
      }
    }
    finishWithoutKill();

    assertThat(load.acknowledged()).as("the load was acknowledged").hasSizeGreaterThan(ROUNDS);
    Map<String, Integer> recorded = recorded();
    assertThat(recorded.keySet()).containsAll(load.acknowledged());
    assertThat(load.withClientId()).allSatisfy(id -> assertThat(recorded).containsEntry(id, 1));
    verifyLog();
    verifyIndex();
    verifyIncidents();
  }

  /** The last start catches up with everything and is stopped in order. */
  private void finishWithoutKill() throws Exception {
    try (ServerProcess server = ServerProcess.start("up", data)) {
      load.finishAttacks(server);
      ControlClient control = new ControlClient(new DataFolder(data).controlSocket());
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () ->
                  assertThat(control.send("status", Map.of()))
                      .containsEntry("spool.depth", 0)
                      .containsEntry("index.lag", 0)
                      .containsEntry("detection.state", "FOLLOWING")
                      .containsEntry("detection.lag", 0));
      assertThat(server.stop()).isEqualTo(143);
    }
  }

  /** How often each marked event is in the log. */
  private Map<String, Integer> recorded() {
    Map<String, Integer> counts = new HashMap<>();
    try (LogReader log = LogAccess.reading(data)) {
      List<LoggedEntry> batch = log.read(0, 1000);
      while (!batch.isEmpty()) {
        batch.forEach(
            entry -> Load.marker(entry.event()).ifPresent(m -> counts.merge(m, 1, Integer::sum)));
        batch = log.read(batch.getLast().leaf() + 1, 1000);
      }
    }
    return counts;
  }

  private void verifyLog() {
    VerificationReport report = new LogVerifier(data, Optional.empty()).full(Progress.SILENT);
    assertThat(report.verdict().exitCode()).as(report.toString()).isZero();
  }

  private void verifyIndex() {
    try (LogReader log = LogAccess.reading(data);
        var index = LuceneIndex.openReadOnly(new DataFolder(data).index())) {
      assertThat(index.asOfLeaf()).isEqualTo(log.size());
      long clientEvents =
          index
              .search(
                  new SearchRequest(
                      new Query.Match("event.dataset", "kill.test"), TimeRange.ALL, 10_000, null))
              .total();
      assertThat(clientEvents).isGreaterThanOrEqualTo(Math.min(10_000, load.withClientId().size()));
    }
  }

  private void verifyIncidents() {
    try (StateStore store =
        StateStore.open(new StateDatabase.Embedded(new DataFolder(data).state()))) {
      List<String> attacked =
          store.read(
              jdbc ->
                  jdbc.sql("select group_key from incident where rule_id = 'brute-force'")
                      .query(String.class)
                      .list());
      assertThat(attacked).hasSize(load.attacks()).doesNotHaveDuplicates();
    }
  }

  /** What is sent, and what of it was acknowledged. */
  private static final class Load {

    private static final String PREFIX = "kill-";

    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> withClientId = new ArrayList<>();
    private final List<String> attackers = new ArrayList<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private List<String> unanswered = List.of();

    synchronized List<String> acknowledged() {
      List<String> all = new ArrayList<>(acknowledged);
      all.addAll(withClientId);
      return all;
    }

    synchronized List<String> withClientId() {
      return List.copyOf(withClientId);
    }

    int attacks() {
      return attackers.size();
    }

    void beginAttack(int round) {
      attackers.add("203.0.113." + (round + 1));
    }

    /** Posts batches with ids of our own; what got no answer is sent again in the next round. */
    Thread http(ServerProcess server, Path data, int round) throws IOException {
      JsonLinesSender sender = new JsonLinesSender(server.part("ingest"), data);
      return Thread.ofVirtual()
          .start(
              () -> {
                try {
                  for (int n = 0; ; n++) {
                    List<String> ids = unanswered.isEmpty() ? ids(round, n) : unanswered;
                    unanswered = ids;
                    sender.send(ids.stream().map(Load::line).toList());
                    unanswered = List.of();
                    synchronized (this) {
                      withClientId.addAll(ids);
                    }
                  }
                } catch (IOException | InterruptedException e) {
                  return; // the server was killed
                }
              });
    }

    private static List<String> ids(int round, int n) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        ids.add(PREFIX + "http-" + round + "-" + n + "-" + i);
      }
      return ids;
    }

    private static String line(String id) {
      return "{\"@timestamp\":\"%s\",\"event.id\":\"%s\",\"event.dataset\":\"kill.test\"}"
          .formatted(Instant.now(), id);
    }

    /** Sends log-in failures over RELP, each with its marker, until the connection breaks. */
    Thread relp(ServerProcess server, int round) throws IOException {
      RelpSender sender = new RelpSender(server.port("relp"));
      return Thread.ofVirtual()
          .start(
              () -> {
                try (sender) {
                  for (int n = 0; ; n++) {
                    String attacker = attackers.get(n % attackers.size());
                    if (attempts.getOrDefault(attacker, 0) < FAILURES_BEFORE_SUCCESS) {
                      attempts.merge(attacker, 1, Integer::sum);
                      attempt(sender, attacker, round + "-" + n, "Failed");
                    } else {
                      mark(sender, round + "-" + n);
                    }
                  }
                } catch (IOException e) {
                  return; // the server was killed
                }
              });
    }

    /** Every attacker fails often enough and then succeeds. */
    void finishAttacks(ServerProcess server) throws IOException {
      try (RelpSender sender = new RelpSender(server.port("relp"))) {
        for (String attacker : attackers) {
          for (int n = 0; n < FAILURES_BEFORE_SUCCESS; n++) {
            attempt(sender, attacker, "last-" + attacker + "-" + n, "Failed");
          }
          attempt(sender, attacker, "last-" + attacker, "Accepted");
        }
      }
    }

    private void attempt(RelpSender sender, String attacker, String marker, String how)
        throws IOException {
      String id = PREFIX + "relp-" + marker;
      sender.send(
          "<38>1 %s gw-01 sshd 4242 %s - %s password for root from %s port 50022 ssh2"
              .formatted(Instant.now(), id, how, attacker));
      add(id);
    }

    private void mark(RelpSender sender, String marker) throws IOException {
      String id = PREFIX + "relp-" + marker;
      sender.send("<14>1 %s gw-01 app - %s - something happened".formatted(Instant.now(), id));
      add(id);
    }

    private synchronized void add(String id) {
      acknowledged.add(id);
    }

    /** Our marker: the client's id, or the MSGID of a syslog record. */
    static Optional<String> marker(Event event) {
      byte[] original = event.bytes(Field.EVENT_ORIGINAL);
      if (original == null) {
        return Optional.empty();
      }
      String text = new String(original, StandardCharsets.UTF_8);
      int start = text.indexOf(PREFIX);
      if (start < 0) {
        return Optional.empty();
      }
      int end = start;
      while (end < text.length() && " \"".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      return Optional.of(text.substring(start, end));
    }
  }
}
