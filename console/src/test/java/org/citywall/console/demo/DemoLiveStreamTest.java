// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.collect.ParseResult;
import org.citywall.collect.ParserCatalogue;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoLiveStreamTest {

  private static final DemoCity CITY = DemoCity.of(7, Instant.parse("2026-11-20T02:00:00Z"));

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> syslog = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer http;
  private ServerSocket tcp;

  @BeforeEach
  void listen() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/v1/events", this::take);
    http.start();
    tcp = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::readSyslog);
  }

  @AfterEach
  void stop() throws IOException {
    http.stop(0);
    tcp.close();
  }

  @Test
  void sendsBothKindsOfRecordThroughTheirPorts() {
    try (DemoLiveStream stream = start()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !lines.isEmpty() && !syslog.isEmpty() && stream.sent() > 3);

      JsonNode event = JsonMapper.shared().readTree(lines.element());
      assertThat(event.get("event.id").asString()).startsWith("demo-");
      assertThat(event.get("tags").get(0).asString()).isEqualTo("demo");
      assertThat(event.has("@timestamp")).isTrue();
      assertThat(syslog.element()).matches("[0-9]+ <86>1 .*");
      assertThat(parsed(syslog.element()).texts(Field.TAGS)).containsExactly("demo");
    }
  }

  @Test
  void repeatsARefusedRecordUnderTheSameId() {
    refusals.set(2);

    try (DemoLiveStream stream = start()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> lines.size() >= 3);

      List<String> ids =
          lines.stream()
              .limit(3)
              .map(line -> JsonMapper.shared().readTree(line).get("event.id").asString())
              .distinct()
              .toList();
      assertThat(ids).hasSize(1);
      assertThat(stream.failures()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void sendsNothingAfterItIsClosed() {
    DemoLiveStream stream = start();
    await().atMost(Duration.ofSeconds(60)).until(() -> stream.sent() > 0);

    stream.close();

    long sent = stream.sent();
    await()
        .during(Duration.ofMillis(1_500))
        .atMost(Duration.ofSeconds(5))
        .until(() -> stream.sent() == sent);
  }

  @Test
  void tellsTheSameTaleForTheSameSeedWithStoriesInIt() {
    assertThat(tale(5, 3_000)).isEqualTo(tale(5, 3_000));
    assertThat(tale(5, 300)).isNotEqualTo(tale(6, 300));

    long exports =
        tale(5, 3_000).stream()
            .filter(DbAccess.class::isInstance)
            .filter(record -> ((DbAccess) record).statement().operation().equals("COPY"))
            .count();
    long guesses =
        tale(5, 3_000).stream()
            .filter(HostLine.class::isInstance)
            .filter(record -> ((HostLine) record).action() == HostAction.FAILED)
            .count();
    assertThat(exports + guesses).isBetween(3L, 200L);
  }

  @Test
  void letsNoHostFallSilentForLong() {
    List<DemoRecord> tale = tale(5, 3_000);
    Map<String, Integer> last = new HashMap<>();
    int longest = 0;
    for (int i = 0; i < tale.size(); i++) {
      if (tale.get(i) instanceof HostLine line) {
        Integer before = last.put(line.host(), i);
        longest = before == null ? longest : Math.max(longest, i - before);
      }
    }

    // At a record a second, the slowest pace, the collectors' five minutes are 300 records.
    assertThat(longest).isLessThan(250);
    assertThat(last).hasSizeGreaterThan(5);
  }

  @Test
  void escapesWhatJsonCannotHold() {
    JsonLine line = new JsonLine(Instant.EPOCH);
    line.put(Field.MESSAGE, "say \"hi\" \\ \n云");

    assertThat(JsonMapper.shared().readTree(line.bytes()).get("message").asString())
        .isEqualTo("say \"hi\" \\ \n云");
  }

  /** The event that the collectors make of the first of these octet-counted frames. */
  private static Event parsed(String frames) {
    int space = frames.indexOf(' ');
    int length = Integer.parseInt(frames.substring(0, space));
    byte[] line = frames.substring(space + 1, space + 1 + length).getBytes(UTF_8);
    ParserOptions options = new ParserOptions(ZoneOffset.UTC, OptionalInt.empty(), Duration.ZERO);
    RawRecord record =
        new RawRecord(line, Clock.systemUTC().instant(), new SourcePosition("syslog/x", 1, 1));
    return ((ParseResult.Parsed) ParserCatalogue.named("syslog", options).parse(record)).event();
  }

  private static List<DemoRecord> tale(long seed, int length) {
    LiveScript script = new LiveScript(CITY, DemoCity.random(seed));
    List<DemoRecord> tale = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      tale.add(script.next(Micros.of(CITY.end()) + i));
    }
    return tale;
  }

  private DemoLiveStream start() {
    LiveTarget target =
        new LiveTarget(
            URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1/events"),
            Sensitive.of("t0ken"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()));
    return DemoLiveStream.start(CITY, target, Clock.systemUTC(), 5);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean known = "Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"));
      lines.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      boolean refused = refusals.getAndDecrement() > 0;
      exchange.sendResponseHeaders(!known ? 401 : refused ? 503 : 200, -1);
    }
  }

  private void readSyslog() {
    byte[] buffer = new byte[8_192];
    try (Socket socket = tcp.accept();
        InputStream in = socket.getInputStream()) {
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        syslog.add(new String(buffer, 0, read, UTF_8));
      }
    } catch (IOException e) {
      assertThat(tcp.isClosed()).isTrue();
    }
  }
}
