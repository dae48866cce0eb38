// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.collect.CollectorConfig.ConnectionLimits;
import org.citywall.collect.CollectorConfig.RequestLimits;
import org.citywall.collect.CollectorConfig.SourceLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ingest endpoint, byte by byte. */
class HttpIngestTest {

  private static final String TOKEN = "correct-horse-battery-staple";
  private static final String SOURCE = "http/gateway";
  private static final int BODY_BYTES = 100_000;
  private static final String START = "POST /v1/events HTTP/1.1\r\nHost: x\r\n";
  private static final String AUTHORIZED = START + "Authorization: Bearer " + TOKEN + "\r\n";
  private static final String EVENT = "{\"user.name\":\"zhang\"}";

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog();
  private final LoggedEvents logged = new LoggedEvents(log);
  private Collectors collectors;

  @BeforeEach
  void start() {
    CollectorConfig config =
        CollectorConfig.in(folder)
            .http(0)
            .tokens(
                List.of(
                    IngestToken.of("gateway", Sensitive.of(TOKEN)),
                    IngestToken.of("other", Sensitive.of("another-token"))))
            .limits(
                new CollectorConfig.Limits(
                    4096,
                    ConnectionLimits.DEFAULT,
                    new RequestLimits(BODY_BYTES, 1_000, 2, 1, Duration.ofSeconds(10)),
                    SourceLimits.DEFAULT))
            .build();
    collectors = Collectors.start(config, log, null, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    collectors.close();
  }

  @Test
  void servesSeveralRequestsOfOneConnectionInOrder() throws IOException {
    String request = AUTHORIZED + "Content-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
    try (RawClient client = connect()) {
      client.send(request + request + request).endOutput();

      assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(4);
    }
    assertThat(logged.await(SOURCE, 3)).extracting(e -> e.position().sequence()).contains(1L, 3L);
  }

  @Test
  void readsABodyInChunks() throws IOException {
    String chunks =
        "5;name=value\r\n{\"use\r\nF\r\nr.name\":\"zhang\"\r\n1\r\n}\r\n0\r\nTrailer: x\r\n\r\n";
    String request = AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    try (RawClient client = connect()) {
      client.send(request + request).endOutput();

      assertThat(client.readAll().split("HTTP/1.1 200", -1)).hasSize(3);
    }
    assertThat(logged.await(SOURCE, 2))
        .extracting(e -> e.text(Field.USER_NAME))
        .containsOnly("zhang");
  }

  @Test
  void asksForTheBodyOfAClientThatWaitsToBeAsked() throws IOException {
    try (RawClient client = connect()) {
      client.send(AUTHORIZED + "Expect: 100-continue\r\nContent-Length: 20\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.send(EVENT);

      assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/x-ndjson|200",
        "application/json; charset=utf-8|200",
        "Application/JSON;charset=\"UTF-8\"|200",
        "text/plain|200",
        "application/x-www-form-urlencoded|200",
        "application/json; charset=gbk|415",
        "multipart/form-data; boundary=x|415",
        "text/html|415",
        "application/xml|415"
      })
  void takesLinesOfJsonOnly(String type, int status) throws IOException {
    String answer =
        exchange(AUTHORIZED + "Content-Type: " + type + "\r\nContent-Length: 20\r\n\r\n" + EVENT);

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(answer.contains("COL-0026")).isEqualTo(status == 415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/events HTTP/1.1\r\n\r\n",
        "POST /v1/events HTTP/2.0\r\nHost: x\r\n\r\n",
        "POST  /v1/events HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /v1/events HTTP/1.1\nHost: x\n\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "START|Content-Length: 20\r\nTransfer-Encoding: chunked\r\n\r\n",
        "START|Content-Length: 20\r\nContent-Length: 20\r\n\r\n",
        "START|Content-Length: -1\r\n\r\n",
        "START|Content-Length: +20\r\n\r\n",
        "START|Content-Length: 99999999999999999999\r\n\r\n",
        "START|Transfer-Encoding: gzip, chunked\r\n\r\n",
        "START|Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        "START|Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
        "START|Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\n",
        "START|Transfer-Encoding : chunked\r\n\r\n",
        "START|X: a\r\n b\r\n\r\n",
        "START|X: a\u0000b\r\n\r\n",
        "START|: nameless\r\n\r\n",
        "START|Host: y\r\n\r\n"
      })
  void refusesWhatTwoReadersMightUnderstandDifferently(String request) throws IOException {
    String answer = exchange(request.replace("START|", AUTHORIZED));

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("COL-0022", "Connection: close");
    assertThat(logged.of(SOURCE)).isEmpty();
  }

  @Test
  void refusesAHeadWithoutEnd() throws IOException {
    assertThat(exchange(START + "X: " + "y".repeat(20_000))).startsWith("HTTP/1.1 400 ");
    assertThat(exchange(START + "X: y\r\n".repeat(100))).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void saysWhatItServes() throws IOException {
    String authorization = "Host: x\r\nAuthorization: bearer " + TOKEN + "\r\n\r\n";

    assertThat(exchange("GET /v1/events?x=y HTTP/1.1\r\n" + authorization))
        .startsWith("HTTP/1.1 405 ")
        .contains("Allow: POST");
    assertThat(exchange("POST /elsewhere HTTP/1.1\r\n" + authorization))
        .startsWith("HTTP/1.1 404 ");
    assertThat(exchange("POST http://x/v1/events HTTP/1.0\r\n" + authorization))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void refusesARequestWithoutAValidTokenBeforeItsBody() throws IOException {
    try (RawClient client = connect()) {
      client.send(START + "Authorization: Bearer " + TOKEN + "x\r\nContent-Length: 1000\r\n\r\n{");

      assertThat(client.readAll()).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
    }

    Event report = logged.awaitReports("source-refused", 1).getFirst();
    assertThat(report.text(Field.GOV_ORIGIN_ID)).isEqualTo("http/127.0.0.1");
    assertThat(report.text(Field.ERROR_CODE)).isEqualTo("COL-0020");
  }

  @Test
  void refusesABodyThatSaysItIsTooLongBeforeReadingIt() throws IOException {
    String head = AUTHORIZED + "Content-Length: " + (BODY_BYTES + 1) + "\r\n\r\n";

    assertThat(exchange(head)).startsWith("HTTP/1.1 413 ").contains("COL-0021");
  }

  @Test
  void refusesASmallBodyThatUnpacksToALongOne() throws IOException {
    byte[] bomb = gzip(new byte[50 * BODY_BYTES]);

    assertThat(bomb.length).isLessThan(BODY_BYTES);
    assertThat(postGzip(bomb)).startsWith("HTTP/1.1 413 ");
    assertThat(logged.of(SOURCE)).isEmpty();
  }

  @Test
  void unpacksABodyOfSeveralPartsAndRefusesOneThatIsCutOff() throws IOException {
    byte[] part = gzip((EVENT + "\n").getBytes(UTF_8));
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(part);
    two.writeBytes(part);

    assertThat(postGzip(two.toByteArray())).contains("\"accepted\":2");
    assertThat(postGzip(Arrays.copyOf(part, part.length - 5)))
        .startsWith("HTTP/1.1 400 ")
        .contains("COL-0022");
  }

  @Test
  void letsASenderWaitThatAsksTooMuchAtATimeButNotTheOthers() throws IOException {
    try (RawClient slow = connect()) {
      slow.send(AUTHORIZED + "Content-Length: 20\r\n\r\n{");
      await().atMost(Duration.ofSeconds(10)).until(this::isBusy);

      String other =
          START + "Authorization: Bearer another-token\r\nContent-Length: 20\r\n\r\n" + EVENT;
      assertThat(exchange(other)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void answersForEachLineHoweverHostileTheOthersAre() throws IOException {
    String body =
        String.join(
            "\n",
            EVENT,
            "{\"a\":1,\"a\":2}",
            "{\"a.b\":1,\"a\":{\"b\":2}}",
            "{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
            "{\"n\":" + "9".repeat(1000) + "}",
            "{\"@timestamp\":9e99}",
            "{\"m\":\"" + "y".repeat(4090) + "\"}",
            "\u0000\u0000",
            EVENT);
    String answer = exchange(AUTHORIZED + "Content-Length: " + body.length() + "\r\n\r\n" + body);

    assertThat(answer).contains("\"accepted\":2,\"duplicate\":0,\"rejected\":8");
    assertThat(answer).contains("\"line\":9,\"status\":\"accepted\"");
    List<Event> kept = logged.await(SOURCE, 10);
    assertThat(kept)
        .extracting(e -> e.text(Field.ERROR_CODE))
        .containsExactly(
            null,
            "COL-0004",
            "COL-0004",
            "COL-0004",
            "COL-0004",
            "COL-0007",
            "COL-0002",
            "COL-0002",
            "COL-0004",
            null);
    assertThat(kept.get(7).bytes(Field.EVENT_ORIGINAL)).hasSize(2);
    assertThat(collectors.sources())
        .filteredOn(status -> status.source().equals(SOURCE))
        .extracting(SourceStatus::rejects)
        .containsExactly(8L);
  }

  private boolean isBusy() {
    try {
      String answer = exchange(AUTHORIZED + "Content-Length: 0\r\n\r\n");
      return answer.startsWith("HTTP/1.1 429 ")
          && answer.contains("Retry-After: ")
          && answer.contains("COL-0025");
    } catch (IOException e) {
      return false;
    }
  }

  private RawClient connect() throws IOException {
    InetSocketAddress address = collectors.addresses().http().orElseThrow();
    return RawClient.connect(address);
  }

  /** Sends a request and nothing behind it; the whole answer. */
  private String exchange(String request) throws IOException {
    try (RawClient client = connect()) {
      return client.send(request.getBytes(ISO_8859_1)).endOutput().readAll();
    }
  }

  private String postGzip(byte[] body) throws IOException {
    try (RawClient client = connect()) {
      client.send(
          AUTHORIZED + "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n");
      return client.send(body).endOutput().readAll();
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    return packed.toByteArray();
  }
}
