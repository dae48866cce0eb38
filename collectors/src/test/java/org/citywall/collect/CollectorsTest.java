// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorsTest {

  private static final String TOKEN = "correct-horse-battery-staple";
  private static final String FAILED =
      "<38>1 2026-03-04T08:00:00Z gw-01 sshd 1 - - Failed password for root from 203.0.113.9 port 1"
          + " ssh2";

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-03-04T08:00:00Z");
  private Collectors collectors;

  @BeforeEach
  void start() {
    collectors = Collectors.start(config().build(), log, null, clock);
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @Test
  void carriesSyslogLinesIntoTheLogWithTheirExactBytes() throws IOException {
    send(collectors.addresses().syslog().orElseThrow(), FAILED + "\n" + counted(FAILED));

    List<Event> events = awaitEvents("syslog-tcp/127.0.0.1", 2);

    assertThat(events).extracting(e -> e.position().sequence()).containsExactly(1L, 2L);
    assertThat(events).extracting(e -> e.text(Field.EVENT_OUTCOME)).containsOnly("failure");
    assertThat(events.getFirst().bytes(Field.EVENT_ORIGINAL)).isEqualTo(FAILED.getBytes(UTF_8));
    assertThat(events.getFirst().text(Field.GOV_RAW_HASH))
        .isEqualTo(Hash.sha256(FAILED.getBytes(UTF_8)).hex());
  }

  @Test
  void keepsARecordThatNoParserUnderstands() throws IOException {
    send(collectors.addresses().syslog().orElseThrow(), "what is this?\n");

    Event reject = awaitEvents("syslog-tcp/127.0.0.1", 1).getFirst();

    assertThat(reject.text(Field.EVENT_KIND)).isEqualTo("pipeline_error");
    assertThat(reject.text(Field.ERROR_CODE)).isEqualTo("COL-0001");
    assertThat(reject.bytes(Field.EVENT_ORIGINAL)).isEqualTo("what is this?".getBytes(UTF_8));
    SourceStatus status = source("syslog-tcp/127.0.0.1");
    assertThat(status.rejects()).isEqualTo(1);
    assertThat(status.events()).isZero();
    assertThat(status.lastReject().orElseThrow()).startsWith("COL-0001");
  }

  @Test
  void reportsAJumpInTheSequenceOfAHost() throws IOException {
    send(
        collectors.addresses().syslog().orElseThrow(),
        sequenced(1) + sequenced(2) + sequenced(7) + sequenced(8) + sequenced(1));
    awaitEvents("syslog-tcp/127.0.0.1", 5);
    new LoggedEvents(log).pass(Duration.ofMinutes(1), clock);
    new LoggedEvents(log).pass(Duration.ofMinutes(1), clock);

    Event gap = awaitEvents("citywall/collector", 1).getFirst();

    assertThat(gap.text(Field.EVENT_ACTION)).isEqualTo("source-gap");
    assertThat(gap.text(Field.GOV_ORIGIN_ID)).isEqualTo("syslog-tcp/127.0.0.1#gw-01");
    assertThat(gap.number(Field.GOV_GAP_FROM)).isEqualTo(3);
    assertThat(gap.number(Field.GOV_GAP_TO)).isEqualTo(6);
    assertThat(source("syslog-tcp/127.0.0.1").gaps()).isEqualTo(1);
  }

  @Test
  void acknowledgesRelpAfterTheRecordIsDurable() throws IOException {
    InetSocketAddress address = collectors.addresses().relp().orElseThrow();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      String offer = "relp_version=0\nrelp_software=test\ncommands=syslog";
      out.write(relp(1, "open", offer));
      assertThat(answer(socket.getInputStream())).startsWith("1 rsp ").contains("200 OK");
      out.write(relp(2, "syslog", FAILED));
      out.write(relp(3, "syslog", FAILED + "\n"));

      assertThat(answer(socket.getInputStream())).isEqualTo("2 rsp 6 200 OK");
      assertThat(answer(socket.getInputStream())).isEqualTo("3 rsp 6 200 OK");
      out.write(relp(4, "close", ""));
      assertThat(answer(socket.getInputStream())).isEqualTo("4 rsp 0");
      assertThat(answer(socket.getInputStream())).isEqualTo("0 serverclose 0");
    }

    assertThat(awaitEvents("relp/127.0.0.1", 2))
        .extracting(e -> e.text(Field.USER_NAME))
        .containsOnly("root");
  }

  @Test
  void refusesRelpRecordsBeforeTheSessionIsOpen() throws IOException {
    InetSocketAddress address = collectors.addresses().relp().orElseThrow();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(relp(1, "syslog", FAILED));

      assertThat(answer(socket.getInputStream())).startsWith("1 rsp ").contains("500 ");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void keepsWhatIsNoRelpFrameBeforeItDisconnects() throws IOException {
    send(collectors.addresses().relp().orElseThrow(), "1 open fifteen commands=syslog\n");

    Event reject = awaitEvents("relp/127.0.0.1", 1).getFirst();

    assertThat(reject.text(Field.ERROR_CODE)).isEqualTo("COL-0024");
    assertThat(reject.bytes(Field.EVENT_ORIGINAL))
        .isEqualTo("1 open fifteen commands=syslog\n".getBytes(UTF_8));
  }

  @Test // #2
  void acknowledgesWhatCameBeforeSomethingThatIsNoRelpFrame() throws IOException {
    InetSocketAddress address = collectors.addresses().relp().orElseThrow();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(relp(1, "open", "commands=syslog"));
      assertThat(answer(socket.getInputStream())).startsWith("1 rsp ").contains("200 OK");
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(relp(2, "syslog", FAILED));
      both.writeBytes("3 syslog five hello\n".getBytes(UTF_8));
      out.write(both.toByteArray());

      assertThat(answer(socket.getInputStream())).isEqualTo("2 rsp 6 200 OK");
    }

    assertThat(awaitEvents("relp/127.0.0.1", 2))
        .extracting(e -> e.text(Field.ERROR_CODE))
        .containsExactly(null, "COL-0024");
  }

  @Test
  void answersEachLineOfAJsonBody() throws Exception {
    HttpResponse<String> answer =
        post(
            "{\"event.id\":\"a\"}\n\n{\"event.id\":\"a\"}\nnonsense\n{\"user.name\":\"x\"}", TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"accepted\":2,\"duplicate\":1,\"rejected\":1")
        .contains("\"line\":3,\"status\":\"duplicate\"")
        .contains("\"line\":4,\"status\":\"rejected\"")
        .contains("COL-0004");
    assertThat(awaitEvents("http/gateway", 3))
        .extracting(e -> e.position().sequence())
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void knowsDuplicatesAgainAfterARestart() throws Exception {
    post("{\"event.id\":\"a\"}", TOKEN);
    awaitEvents("http/gateway", 1);
    collectors.close();
    start();

    assertThat(post("{\"event.id\":\"a\"}", TOKEN).body()).contains("\"duplicate\":1");
  }

  @Test
  void takesGzipAndRefusesWhatOnlyClaimsToBeIt() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"user.name\":\"packed\"}".getBytes(UTF_8));
    }

    assertThat(postGzip(packed.toByteArray()).body()).contains("\"accepted\":1");
    assertThat(postGzip(new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesRequestsWithoutAValidToken() throws Exception {
    HttpResponse<String> answer = post("{}", "wrong");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("COL-0020");
    assertThat(collectors.sources())
        .extracting(SourceStatus::source)
        .doesNotContain("http/gateway");
  }

  @Test
  void refusesABodyBeyondTheLimit() throws Exception {
    HttpResponse<String> answer =
        post("x".repeat(CollectorConfig.RequestLimits.DEFAULT.bodyBytes() + 1), TOKEN);

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void stopsTakingWhileTheLogRefusesAndLosesNothing() throws Exception {
    log.refuseAppends(true);
    String line = "{\"message\":\"" + "m".repeat(20_000) + "\"}";
    int accepted = 0;
    HttpResponse<String> answer = post(line, TOKEN);
    while (answer.statusCode() == 200 && accepted < 1_000) {
      accepted++;
      answer = post(line, TOKEN);
    }

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(accepted).isBetween(5, 100);
    assertThat(collectors.spool().failure()).isPresent();
    log.refuseAppends(false);
    assertThat(awaitEvents("http/gateway", accepted)).hasSize(accepted);
    assertThat(collectors.spool().failure()).isEmpty();
  }

  @Test
  void stopsReadingASocketWhileTheSpoolIsFull() throws Exception {
    log.refuseAppends(true);
    InetSocketAddress address = collectors.addresses().syslog().orElseThrow();
    int lines = 2_000;
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> writeLines(socket, lines, FAILED + "x".repeat(8_000) + "\n"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> collectors.spool().bytes() > (1 << 20) - 100_000);

      assertThat(sender.isAlive()).isTrue();
      assertThat(collectors.spool().bytes()).isLessThanOrEqualTo((1 << 20) + 200_000);
      log.refuseAppends(false);
      sender.join(Duration.ofSeconds(20));
      assertThat(awaitEvents("syslog-tcp/127.0.0.1", lines)).hasSize(lines);
    }
  }

  @Test
  void forwardsAfterARestartWhatTheLogRefusedBefore() throws Exception {
    log.refuseAppends(true);
    assertThat(post("{\"user.name\":\"a\"}\n{\"user.name\":\"b\"}", TOKEN).statusCode())
        .isEqualTo(200);
    collectors.close();
    log.refuseAppends(false);
    start();

    assertThat(awaitEvents("http/gateway", 2))
        .extracting(e -> e.text(Field.USER_NAME))
        .containsExactly("a", "b");
  }

  @Test
  void writesTicksWhileEventsCome() throws IOException {
    send(collectors.addresses().syslog().orElseThrow(), FAILED + "\n");

    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> entries().stream().anyMatch(e -> e.kind() == EntryKind.TICK));
  }

  @RandomizedTest(iterations = 5)
  void survivesGarbageOnEveryPort(RandomGenerator random) throws Exception {
    byte[] garbage = new byte[20_000];
    random.nextBytes(garbage);

    send(collectors.addresses().syslog().orElseThrow(), garbage);
    send(collectors.addresses().relp().orElseThrow(), garbage);
    send(collectors.addresses().http().orElseThrow(), garbage);

    assertThat(post("{\"user.name\":\"still here\"}", TOKEN).statusCode()).isEqualTo(200);
    await().until(() -> collectors.sources().stream().anyMatch(s -> s.rejects() > 0));
  }

  private CollectorConfig.Builder config() {
    return CollectorConfig.in(folder)
        .spoolBytes(1 << 20)
        .syslog(0)
        .relp(0)
        .http(0)
        .tokens(List.of(IngestToken.of("gateway", Sensitive.of(TOKEN))))
        .silence(new SilencePolicy(Duration.ofMinutes(5), 10, Map.of()));
  }

  private SourceStatus source(String name) {
    return collectors.sources().stream()
        .filter(s -> s.source().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<LoggedEntry> entries() {
    return log.read(0, Integer.MAX_VALUE);
  }

  private List<Event> awaitEvents(String source, int count) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> events(source), events -> events.size() >= count);
  }

  private List<Event> events(String source) {
    return entries().stream()
        .map(LoggedEntry::event)
        .filter(e -> e.position().source().equals(source))
        .toList();
  }

  private HttpResponse<String> post(String body, String token) throws Exception {
    return exchange(request(token).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpResponse<String> postGzip(byte[] body) throws Exception {
    return exchange(
        request(TOKEN)
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build());
  }

  private HttpRequest.Builder request(String token) {
    int port = collectors.addresses().http().orElseThrow().getPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
        .header("Authorization", "Bearer " + token);
  }

  private static HttpResponse<String> exchange(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String counted(String record) {
    return record.length() + " " + record;
  }

  private static String sequenced(int number) {
    return "<38>1 2026-03-04T08:00:00Z gw-01 app - - [meta sequenceId=\"" + number + "\"] x\n";
  }

  private static void send(InetSocketAddress address, String text) throws IOException {
    send(address, text.getBytes(UTF_8));
  }

  private static void send(InetSocketAddress address, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).matches(".*(reset|pipe).*")) {
        throw e;
      }
    }
  }

  private static void writeLines(Socket socket, int lines, String line) {
    try {
      for (int i = 0; i < lines; i++) {
        socket.getOutputStream().write(line.getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] relp(int transaction, String command, String data) {
    int length = data.getBytes(UTF_8).length;
    String text =
        transaction + " " + command + " " + length + (length > 0 ? " " + data : "") + "\n";
    return text.getBytes(UTF_8);
  }

  /** One RELP frame of the server, without the line feed at its end. */
  private static String answer(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    int spaces = 0;
    int c = in.read();
    while (c >= 0 && c != '\n' && spaces < 3) {
      spaces += c == ' ' ? 1 : 0;
      text.append((char) c);
      c = spaces < 3 ? in.read() : c;
    }
    if (spaces == 3) {
      String[] parts = text.toString().split(" ", -1);
      text.append(new String(in.readNBytes(Integer.parseInt(parts[2])), UTF_8));
      assertThat(in.read()).isEqualTo('\n');
    }
    return text.toString();
  }
}
