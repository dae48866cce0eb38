// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/**
 * What is sent to a server that is killed, and what of it was acknowledged. Every record carries a
 * marker. Two senders post batches with ids of their own and send again, under the same ids, what
 * got no answer. Two senders use RELP, which knows no ids, and send again what got no answer.
 */
final class KillLoad {

  /** Value of {@code event.dataset} of what is posted. */
  static final String DATASET = "kill.test";

  /** Value of {@code host.hostname} of what is sent over RELP. */
  static final String HOST = "gw-01";

  static final int FAILURES = 12;

  private static final String PREFIX = "kill-";
  private static final int BATCH = 20;

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

  /** How often each RELP record was sent. */
  private final Map<String, Integer> relpSent = new ConcurrentHashMap<>();

  private final List<HttpSender> posters = List.of(new HttpSender("a"), new HttpSender("b"));
  private final List<SyslogSender> relays = List.of(new SyslogSender("a"), new SyslogSender("b"));
  private final List<String> attackers = Collections.synchronizedList(new ArrayList<>());

  /** Each relay begins one more attack, with which it goes on in later rounds. */
  void beginAttacks() {
    for (SyslogSender relay : relays) {
      String attacker = "203.0.113." + (attackers.size() + 1);
      attackers.add(attacker);
      relay.attackers.add(attacker);
    }
  }

  /** Sends from several threads until the server is gone; the threads end then. */
  List<Thread> sendTo(ServerProcess server, Path data) throws IOException {
    List<Thread> threads = new ArrayList<>();
    for (HttpSender poster : posters) {
      JsonLinesSender http = new JsonLinesSender(server.part("ingest"), data);
      threads.add(Thread.ofVirtual().start(() -> poster.sendUntilItFails(http)));
    }
    for (SyslogSender relay : relays) {
      RelpSender relp = new RelpSender(server.port("relp"));
      threads.add(Thread.ofVirtual().start(() -> relay.sendUntilItFails(relp)));
    }
    return threads;
  }

  /** Sends what is left without an answer, and ends every attack with a success. */
  void finish(ServerProcess server, Path data) throws IOException, InterruptedException {
    JsonLinesSender http = new JsonLinesSender(server.part("ingest"), data);
    for (HttpSender poster : posters) {
      poster.send(http);
    }
    try (RelpSender relp = new RelpSender(server.port("relp"))) {
      for (SyslogSender relay : relays) {
        relay.finish(relp);
      }
    }
  }

  Set<String> acknowledged() {
    return Set.copyOf(acknowledged);
  }

  List<String> attackers() {
    return List.copyOf(attackers);
  }

  /** Markers of the last attempts of this attacker, in the order in which they were sent. */
  static List<String> lastAttempts(String attacker) {
    List<String> markers = new ArrayList<>();
    for (int n = 0; n <= FAILURES; n++) {
      markers.add(PREFIX + "last-" + attacker + "-" + n);
    }
    return markers;
  }

  /**
   * How often this record may be in the log: once, but a RELP record that was sent again once for
   * each time, because nothing in it tells the second from the first.
   */
  int mostCopies(String marker) {
    return relpSent.getOrDefault(marker, 1);
  }

  /** Our marker: the client's id, or the MSGID of a syslog record. */
  static Optional<String> marker(Event event) {
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    String text = original == null ? "" : new String(original, StandardCharsets.UTF_8);
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

  /** Posts one batch after the other. */
  private final class HttpSender {

    private final String name;
    private List<String> batch = List.of();
    private long batches;

    HttpSender(String name) {
      this.name = name;
    }

    void sendUntilItFails(JsonLinesSender http) {
      try {
        while (true) {
          send(http);
        }
      } catch (IOException | InterruptedException e) {
        // The server was killed.
      }
    }

    void send(JsonLinesSender http) throws IOException, InterruptedException {
      if (batch.isEmpty()) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          ids.add(PREFIX + "http-" + name + "-" + batches + "-" + i);
        }
        batches++;
        batch = ids;
      }
      http.send(batch.stream().map(HttpSender::line).toList());
      acknowledged.addAll(batch);
      batch = List.of();
    }

    private static String line(String id) {
      return "{\"@timestamp\":\"%s\",\"event.id\":\"%s\",\"event.dataset\":\"%s\"}"
          .formatted(Instant.now(), id, DATASET);
    }
  }

  /** Sends one record after the other: attempts of its attackers in turn, and messages between. */
  private final class SyslogSender {

    private final String name;
    private final List<String> attackers = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Deque<String> unanswered = new ArrayDeque<>();
    private long records;

    SyslogSender(String name) {
      this.name = name;
    }

    void sendUntilItFails(RelpSender relp) {
      try (relp) {
        while (!unanswered.isEmpty()) {
          sendFirst(relp);
        }
        while (true) {
          String attacker = attackers.get((int) (records % attackers.size()));
          int tried = attempts.merge(attacker, 1, Integer::sum);
          String marker = PREFIX + "relp-" + name + "-" + records++;
          if (tried <= FAILURES) {
            send(relp, attempt(marker, attacker, "Failed"));
          } else if (tried == FAILURES + 1 || records % 7 == 0) {
            send(relp, attempt(marker, attacker, "Accepted"));
          } else {
            send(relp, message(marker));
          }
        }
      } catch (IOException e) {
        // The server was killed.
      }
    }

    void finish(RelpSender relp) throws IOException {
      while (!unanswered.isEmpty()) {
        sendFirst(relp);
      }
      for (String attacker : attackers) {
        List<String> markers = lastAttempts(attacker);
        for (String marker : markers.subList(0, FAILURES)) {
          send(relp, attempt(marker, attacker, "Failed"));
        }
        send(relp, attempt(markers.getLast(), attacker, "Accepted"));
      }
    }

    private void send(RelpSender relp, String record) throws IOException {
      unanswered.add(record);
      sendFirst(relp);
    }

    private void sendFirst(RelpSender relp) throws IOException {
      String record = unanswered.getFirst();
      String marker = record.split(" ")[5];
      relpSent.merge(marker, 1, Integer::sum);
      relp.send(record);
      acknowledged.add(marker);
      unanswered.removeFirst();
    }

    private static String attempt(String marker, String attacker, String how) {
      return "<38>1 %s %s sshd 4242 %s - %s password for root from %s port 50022 ssh2"
          .formatted(Instant.now(), HOST, marker, how, attacker);
    }

    private static String message(String marker) {
      return "<14>1 %s %s app - %s - something happened".formatted(Instant.now(), HOST, marker);
    }
  }
}
