// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.store.StoreAccessTest.assertRefused;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store at the level of its protocol. */
class StoreServerTest {

  private static final int MAX_BYTES = 64 << 10;
  private static final int MAX_ENTRIES = 100;

  @TempDir private Path folder;

  private TestStore store;
  private RawClient raw;

  @BeforeEach
  void start() {
    store =
        TestStore.start(
            folder, StoreLimits.DEFAULT.withRequest(MAX_BYTES, MAX_ENTRIES).withAnswer(4096, 50));
    raw = RawClient.of(store, TestStore.CONSOLE);
  }

  @AfterEach
  void stop() {
    raw.close();
    store.close();
  }

  @Test
  void storesTheVeryBytesThatWereSentAndGivesThemBack() throws Exception {
    Entry entry = TestEvents.at("a", 1, 7);
    byte[] sent = entry.event().encode();

    HttpResponse<byte[]> answer = raw.post("/v1/append", BatchFrame.encode(List.of(entry)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(BatchFrame.decodeLeaves(answer.body(), 1)).containsExactly(0);
    StoredFrame back = StoredFrame.decode(raw.get("/v1/entries?from=0&max=5").body(), 0);
    assertThat(back.entries()).hasSize(1);
    assertThat(back.entries().getFirst().payload()).isEqualTo(sent);
    StoredEntry stored = store.log().stored(0, 1, 1).getFirst();
    assertThat(back.entries().getFirst().envelope()).isEqualTo(stored.envelope());
    assertThat(back.entries().getFirst().salt()).isEqualTo(stored.salt());
  }

  @Test
  void answersABatchThatIsRepeated() throws Exception {
    byte[] body = BatchFrame.encode(TestEvents.range("a", 1, 3));

    long[] first = BatchFrame.decodeLeaves(raw.post("/v1/append", body).body(), 3);
    long[] again = BatchFrame.decodeLeaves(raw.post("/v1/append", body).body(), 3);

    assertThat(first).containsExactly(0, 1, 2);
    assertThat(again).containsExactly(-1, -1, 2);
    assertThat(store.log().size()).isEqualTo(3);
  }

  @Test
  void refusesABatchThatIsTooLong() throws Exception {
    byte[] tooLong = BatchFrame.encode(List.of(withNote("x".repeat(MAX_BYTES))));

    HttpResponse<byte[]> answer = raw.post("/v1/append", tooLong);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(RawClient.errors(answer)).containsExactly("AUD-0110");
    assertThat(store.log().size()).isZero();
    try (RemoteLog log = store.client()) {
      assertRefused(
          AuditErrorCode.BATCH_TOO_LARGE,
          () -> log.append(List.of(withNote("x".repeat(MAX_BYTES)))));
      assertThat(log.append(TestEvents.range("a", 1, 1))).containsExactly(0);
    }
  }

  @Test
  void refusesABatchOfTooManyEntries() throws Exception {
    HttpResponse<byte[]> answer =
        raw.post("/v1/append", BatchFrame.encode(TestEvents.range("a", 1, MAX_ENTRIES + 1)));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RawClient.errors(answer)).containsExactly("AUD-0103");
    assertThat(store.log().size()).isZero();
  }

  @Test
  void refusesABodyOfUnknownLength() throws Exception {
    HttpResponse<byte[]> answer =
        raw.send(
            raw.request("/v1/append")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10]))));

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  private static Entry withNote(String note) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("n", 1, 1), TestEvents.TIME, TestEvents.TIME)
            .put(Field.GOV_NOTE, note)
            .build());
  }

  @Test
  void endsAnAnswerThatWouldBeTooLong() throws Exception {
    store.log().append(TestEvents.range("a", 1, 60));
    store.log().append(List.of(withNote("x".repeat(20_000))));

    byte[] answer = raw.get("/v1/entries?from=0&max=1000000").body();
    byte[] large = raw.get("/v1/entries?from=60&max=1000000").body();

    assertThat(answer.length).isBetween(4096, 8192);
    assertThat(StoredFrame.decode(large, 60).entries()).hasSize(1);
    try (RemoteLog log = store.client()) {
      assertThat(log.read(0, 1000)).hasSize(61);
    }
  }

  @Test
  void refusesParametersItDoesNotUnderstand() throws Exception {
    for (String path :
        List.of(
            "/v1/entries",
            "/v1/entries?from=0",
            "/v1/entries?from=-1&max=1",
            "/v1/entries?from=0&max=1&max=2",
            "/v1/entries?from=0&max=1&until=2",
            "/v1/entries?from=0x1&max=1",
            "/v1/entries?from=99999999999999999999&max=1",
            "/v1/entries?from=9999999999999999999&max=1",
            "/v1/entries?from=&max=1",
            "/v1/entries?from=%30&max=1",
            "/v1/entries?",
            "/v1/entries?&",
            "/v1/size?beyond=1&",
            "/v1/tree?from=2&to=1",
            "/v1/proof")) {
      HttpResponse<byte[]> answer = raw.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(RawClient.errors(answer)).as(path).containsExactly("AUD-0103");
    }
    assertThat(raw.get("/v1/append").statusCode()).isEqualTo(400);
    assertThat(raw.post("/v1/entries?from=0&max=1", new byte[0]).statusCode()).isEqualTo(400);
  }

  @Test
  void tellsTheSizeAndWaitsForMore() throws Exception {
    assertThat(size(raw.get("/v1/size"))).isZero();
    assertThat(size(raw.get("/v1/size?beyond=0&wait=10"))).isZero();
    Thread later = Thread.ofVirtual().start(() -> store.log().append(TestEvents.range("a", 1, 1)));

    assertThat(size(raw.get("/v1/size?beyond=0&wait=20000"))).isEqualTo(1);
    later.join();
  }

  private static long size(HttpResponse<byte[]> answer) {
    return ByteBuffer.wrap(answer.body()).getLong(1);
  }

  @Test
  void tellsWhyTheLogRefuses() throws Exception {
    store.become(refusing(AuditErrorCode.LOG_WRITE_FAILED));

    HttpResponse<byte[]> answer =
        raw.post("/v1/append", BatchFrame.encode(TestEvents.range("a", 1, 1)));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(RawClient.errors(answer)).containsExactly("AUD-0014");
    assertThat(RawClient.text(answer)).doesNotContain("secret path");
    try (RemoteLog log = store.client()) {
      assertRefused(AuditErrorCode.LOG_WRITE_FAILED, () -> log.append(TestEvents.range("a", 1, 1)));
    }
  }

  @Test
  void tellsOfAFailureBehindTheFirstPage() {
    store.log().append(TestEvents.range("a", 1, 40));
    store.become(
        new SwitchedLog(store.current()) {
          @Override
          public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
            if (fromLeaf > 0) {
              throw new PlatformException(AuditErrorCode.LOG_CORRUPT, "secret path");
            }
            return super.stored(fromLeaf, Math.min(max, 3), maxBytes);
          }
        });

    try (RemoteLog log = store.client()) {
      assertRefused(AuditErrorCode.LOG_CORRUPT, () -> log.read(0, 40));
    }
  }

  @Test
  void tellsNothingOfAFailureThatIsNoneOfTheClientsBusiness() throws Exception {
    store.become(
        new SwitchedLog(store.current()) {
          @Override
          public long size() {
            throw new IllegalStateException("secret path");
          }
        });

    HttpResponse<byte[]> answer = raw.get("/v1/size");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(RawClient.errors(answer)).containsExactly("AUD-0112");
    assertThat(RawClient.text(answer)).doesNotContain("secret path");
  }

  private SwitchedLog refusing(AuditErrorCode code) {
    return new SwitchedLog(store.current()) {
      @Override
      public long[] append(List<Entry> batch) {
        throw new PlatformException(code, "secret path");
      }
    };
  }

  @RandomizedTest(iterations = 2)
  void staysUpThroughMalformedBatches(RandomGenerator random) throws Exception {
    List<Entry> batch = TestEvents.range("fuzz", 1, 5);
    byte[] valid = BatchFrame.encode(batch);
    for (int i = 0; i < 250; i++) {
      byte[] body = Mutations.of(valid, random);
      int status = raw.post("/v1/append", body).statusCode();
      assertThat(status).isIn(200, 400);
    }

    try (RemoteLog log = store.client()) {
      assertThat(log.append(TestEvents.range("honest", 1, 1))[0])
          .isGreaterThan(EvidenceLog.RECORDED_BEFORE);
      assertThat(new ArrayList<>(log.read(0, 10_000))).isNotEmpty();
    }
  }
}
