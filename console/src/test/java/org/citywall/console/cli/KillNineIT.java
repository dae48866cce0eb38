// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.index.lucene.ReadOnlyIndex;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.console.control.ControlClient;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a whole server at random moments, under load and while it starts, again and again, and asks
 * afterwards for everything that was acknowledged.
 */
@Order(Integer.MIN_VALUE)
final class KillNineIT {

  /** Kills under load; under {@code -Pdeep} the whole test runs twenty times. */
  private static final int ROUNDS = 5;

  private static final Duration LONGEST_LOAD = Duration.ofMillis(1_500);
  private static final Duration LONGEST_START = Duration.ofMillis(4_000);
  private static final int PAGE = 1_000;

  @TempDir Path data;

  private final KillLoad load = new KillLoad();

  /** Leaves of each marked event, by marker. */
  private final Map<String, List<Long>> marked = new HashMap<>();

  /** What all servers printed. */
  private final List<String> printed = new ArrayList<>();

  private final List<LoggedEntry> consoleEntries = new ArrayList<>();
  private final Map<Long, Event> attempts = new HashMap<>();
  private long size;

  @RandomizedTest(iterations = 1)
  void everyAcknowledgedEventIsThereOnceAfterKills(RandomGenerator random) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      if (random.nextInt(4) == 0) {
        printed.addAll(ServerProcess.startAndKill("up", data, upTo(LONGEST_START, random)));
      }
      load.beginAttacks();
      try (ServerProcess server = ServerProcess.start("up", data)) {
        List<Thread> senders = load.sendTo(server, data);
        senders.getFirst().join(upTo(LONGEST_LOAD, random));
        server.kill();
        printed.addAll(server.output());
        for (Thread sender : senders) {
          sender.join();
        }
      }
    }
    finishWithoutKill();

    readLog();
    assertThat(printed).anyMatch(line -> line.startsWith("first log-in: user=admin "));
    verifyMarkers();
    verifyLog();
    verifyIndex();
    verifyIncidents();
  }

  private static Duration upTo(Duration most, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(50, most.toMillis()));
  }

  /** The last start catches up with everything and is stopped in order. */
  private void finishWithoutKill() throws Exception {
    try (ServerProcess server = ServerProcess.start("up", data)) {
      load.finish(server, data);
      awaitAllFollows();
      awaitTick();
      awaitAllFollows();
      assertThat(server.stop()).isEqualTo(143);
    }
  }

  private void awaitAllFollows() {
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
  }

  /** An alert of many entries takes the latest of them with the next tick. */
  private void awaitTick() {
    try (LogReader log = LogAccess.reading(data)) {
      long from = log.size();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> log.read(from, PAGE).stream().anyMatch(e -> e.kind() == EntryKind.TICK));
    }
  }

  private void readLog() {
    try (LogReader log = LogAccess.reading(data)) {
      size = log.size();
      List<LoggedEntry> page = log.read(0, PAGE);
      while (!page.isEmpty()) {
        page.forEach(this::note);
        page = log.read(page.getLast().leaf() + 1, PAGE);
      }
    }
  }

  private void note(LoggedEntry entry) {
    Event event = entry.event();
    KillLoad.marker(event)
        .ifPresent(
            marker -> marked.computeIfAbsent(marker, m -> new ArrayList<>()).add(entry.leaf()));
    if (event.texts(Field.EVENT_CATEGORY).contains("authentication")) {
      attempts.put(entry.leaf(), event);
    }
    if ("citywall.console".equals(event.text(Field.EVENT_DATASET))) {
      consoleEntries.add(entry);
    }
  }

  private void verifyMarkers() {
    Set<String> acknowledged = load.acknowledged();
    Set<String> missing = new HashSet<>(acknowledged);
    missing.removeAll(marked.keySet());
    List<String> tooOften =
        marked.entrySet().stream()
            .filter(found -> found.getValue().size() > load.mostCopies(found.getKey()))
            .map(Object::toString)
            .toList();

    assertThat(acknowledged).as("the load was acknowledged").hasSizeGreaterThan(20 * ROUNDS);
    assertThat(missing).as("acknowledged and not in the log").isEmpty();
    assertThat(tooOften).as("in the log more often than it was sent").isEmpty();
  }

  private void verifyLog() {
    VerificationReport report = new LogVerifier(data, Optional.empty()).full(Progress.SILENT);
    assertThat(report.verdict().exitCode()).as(report.toString()).isZero();
  }

  /** Every entry is in the index and nothing else is; so is every marked one by its fields. */
  private void verifyIndex() {
    try (ReadOnlyIndex index = LuceneIndex.openReadOnly(new DataFolder(data).index())) {
      assertThat(index.asOfLeaf()).isEqualTo(size);
      assertThat(leaves(index, new Query.All()))
          .isEqualTo(LongStream.range(0, size).boxed().toList());
      List<Long> byFields = leaves(index, new Query.Match("event.dataset", KillLoad.DATASET));
      byFields.addAll(leaves(index, new Query.Match("host.name", KillLoad.HOST)));
      assertThat(byFields)
          .containsExactlyInAnyOrderElementsOf(
              marked.values().stream().flatMap(List::stream).toList());
    }
  }

  private static List<Long> leaves(ReadOnlyIndex index, Query query) {
    List<Long> leaves = new ArrayList<>();
    SearchHit last = null;
    SearchPage page;
    do {
      page = index.search(new SearchRequest(query, TimeRange.ALL, PAGE, last));
      page.hits().forEach(hit -> leaves.add(hit.leaf()));
      last = page.hits().isEmpty() ? null : page.hits().getLast();
    } while (last != null);
    leaves.sort(null);
    return leaves;
  }

  /** One alert and one incident for each attacker, with its entries and no others. */
  private void verifyIncidents() {
    try (StateStore store =
        StateStore.open(new StateDatabase.Embedded(new DataFolder(data).state()))) {
      for (String attacker : load.attackers()) {
        List<String> numbers = texts(store, INCIDENTS, attacker);
        List<Long> leaves = numbers(store, LEAVES, attacker);

        assertThat(numbers).as("incidents of %s", attacker).hasSize(1);
        assertThat(numbers(store, ALERTS, attacker)).as("alerts of %s", attacker).hasSize(1);
        assertThat(leaves)
            .as("entries of %s", attacker)
            .doesNotHaveDuplicates()
            .hasSize(Math.toIntExact(numbers(store, COUNTS, attacker).getFirst()))
            .allSatisfy(leaf -> assertThat(source(leaf)).isEqualTo(attacker));
        for (String marker : KillLoad.lastAttempts(attacker)) {
          assertThat(leaves).as(marker).containsAnyElementsOf(marked.get(marker));
        }
        assertThat(raised(numbers.getFirst())).as("raised %s", numbers).isEqualTo(1);
      }
      assertThat(numbers(store, "select count(*) from incident where rule_id = ?", "brute-force"))
          .containsExactly((long) load.attackers().size());
      List<Long> waiting =
          store.read(jdbc -> jdbc.sql("select sequence from outbox").query(Long.class).list());
      assertThat(waiting).as("entries that wait in the outbox").isEmpty();
    }
  }

  private static final String INCIDENTS =
      "select number from incident where rule_id = 'brute-force' and group_key = ?";
  private static final String COUNTS =
      "select event_count from incident where rule_id = 'brute-force' and group_key = ?";
  private static final String ALERTS =
      "select first_leaf from alert where rule_id = 'brute-force' and group_key = ?";
  private static final String LEAVES =
      "select l.leaf from alert_leaf l join alert a on a.id = l.alert where a.group_key = ?";

  private static List<String> texts(StateStore store, String sql, String parameter) {
    return store.read(jdbc -> jdbc.sql(sql).param(parameter).query(String.class).list());
  }

  private static List<Long> numbers(StateStore store, String sql, String parameter) {
    return store.read(jdbc -> jdbc.sql(sql).param(parameter).query(Long.class).list());
  }

  private String source(long leaf) {
    Event event = attempts.get(leaf);
    return event == null ? "no log-in" : String.valueOf(event.text(Field.SOURCE_IP));
  }

  private long raised(String number) {
    return consoleEntries.stream()
        .map(LoggedEntry::event)
        .filter(event -> "incident-raised".equals(event.text(Field.EVENT_ACTION)))
        .filter(event -> number.equals(event.text(Field.GOV_INCIDENT_ID)))
        .count();
  }
}
