// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend of the index does alike. */
public abstract class EventIndexContract {

  protected static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir protected Path folder;

  protected final MemoryLog log = new MemoryLog();
  private final QueryParser parser = new QueryParser(MutableClock.at(NOON));
  private EventIndex index;

  /** Opens the index that belongs to this log, at this place, or begins one. */
  protected abstract EventIndex open(Path place, LogReader reader);

  protected final EventIndex index() {
    if (index == null) {
      index = open(folder.resolve("index"), log);
    }
    return index;
  }

  @AfterEach
  void close() {
    if (index != null) {
      index.close();
    }
  }

  protected final void reopen() {
    close();
    index = null;
  }

  @Test
  void findsNothingInAnEmptyIndex() {
    assertThat(index().search(request("*", 10))).isEqualTo(new SearchPage(List.of(), 0, true, 0));
    assertThat(index().nextLeaf()).isZero();
    assertThat(index().terms(new Query.All(), TimeRange.ALL, Field.USER_NAME, 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user.name:zhang",
        "user.name:zh*g",
        "user.name:?hang",
        "user.name:(li OR zhang)",
        "user.name:*",
        "event.category:database",
        "event.category:(database AND session)",
        "message:\"password failed\"",
        "message:FAILED",
        "message:pass*",
        "message:科社会保",
        "failed",
        "\"failed for\"",
        "社会保障",
        "社",
        "杭州市",
        "ＦＡＩＬＥＤ",
        "\"original bytes\"",
        "10.1.2.3",
        "source.ip:10.1.2.3",
        "source.ip:10.0.0.0/8",
        "source.ip:::ffff:10.1.2.3",
        "client.ip:2001:db8::/32",
        "client.ip:2001:db8:0::1",
        "db.rows.returned:4812",
        "db.rows.returned:>=4812 db.rows.returned:<4813",
        "gov.data.level:3..4",
        "event.start:2026-03-02T11:00Z",
        "@timestamp:2026-03-02",
        "@timestamp:2026-03-02T12:00:00Z..2026-03-02T12:00:01Z",
        "event.created:>now",
        "labels.team:alpha",
        "labels.team:al*a",
        "labels.team:*",
        "labels.单位:*局",
        "alpha",
        "event.original:*",
        "gov.subjects:*",
        "entry.kind:decision",
        "entry.leaf:0",
        "gov.source.id:gw-01",
        "gov.source.seq:7 gov.source.epoch:3",
        "event.id:00000000000000010000000000000002",
        "NOT user.name:li",
        "NOT (user.name:li OR user.name:wang)",
        "NOT destination.ip:*",
        "- failed",
      })
  void findsTheEvent(String query) {
    index(EntryKind.DECISION, example());

    assertThat(index().search(request(query, 10)).hits())
        .containsExactly(new SearchHit(0, Micros.of(NOON)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user.name:Zhang",
        "user.name:zhan",
        "user.name:zh\\*g",
        "\"for failed\"",
        "\"zhang password\"",
        "社保障",
        "源码",
        "source.ip:11.0.0.0/8",
        "source.ip:0.0.0.0/32",
        "client.ip:2001:db9::/32",
        "db.rows.returned:>4812",
        "@timestamp:<2026-03-02T12:00:00Z",
        "labels.team:alph",
        "labels.tea:*",
        "labels.te:am*",
        "destination.ip:*",
        "entry.kind:event",
        "NOT *",
        "user.name:zhang NOT gov.data.level:*",
      })
  void doesNotFindTheEvent(String query) {
    index(EntryKind.DECISION, example());

    assertThat(index().search(request(query, 10)).hits()).isEmpty();
  }

  @Test
  void findsWhatAnAddressFieldHoldsThatIsNoAddress() {
    index(event(1, e -> e.put(Field.SOURCE_IP, "gateway")));

    assertThat(leaves("source.ip:*")).containsExactly(0L);
    assertThat(leaves("gateway")).containsExactly(0L);
    assertThat(leaves("source.ip:0.0.0.0/0")).isEmpty();
  }

  @Test
  void refusesQuestionsThatAFieldCannotAnswer() {
    assertInvalid(new Query.Range("user.name", 1, 2));
    assertInvalid(new Query.Cidr("user.name", "10.0.0.0/8"));
    assertInvalid(new Query.Wildcard("gov.data.level", "1*"));
    assertInvalid(new Query.Match("gov.data.level", "x"));
    assertInvalid(new Query.Match("event.id", "x"));
    assertInvalid(new Query.Match("no.such.field", "x"));
    assertThatThrownBy(() -> index().terms(new Query.All(), TimeRange.ALL, Field.MESSAGE, 5))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void findsValuesLongerThanATermByTheirBeginning() {
    String path = "/data/" + "x".repeat(50_000);
    index(event(1, e -> e.put(Field.FILE_PATH, path).label("k".repeat(40_000), path)));

    assertThat(search(new Query.Match("file.path", path)).total()).isEqualTo(1);
    assertThat(search(new Query.Match("labels." + "k".repeat(40_000), path)).total()).isEqualTo(1);
    assertThat(leaves("file.path:/data/*")).containsExactly(0L);
  }

  @Test
  void takesManyLabelsOfOneEvent() {
    index(
        event(
            1,
            e -> {
              for (int i = 0; i < 3000; i++) {
                e.label("n" + i, "v" + i);
              }
            }));

    assertThat(leaves("labels.n2999:v2999")).containsExactly(0L);
    assertThat(leaves("v17")).containsExactly(0L);
  }

  @Test
  void pagesNewestFirstAndStaysStableWhileEventsArrive() {
    for (int i = 1; i <= 25; i++) {
      int second = i / 3;
      log.append(List.of(new Entry(EntryKind.EVENT, event(i, NOON.plusSeconds(second)))));
    }
    catchUp();
    List<SearchHit> seen = new ArrayList<>();
    SearchPage page = index().search(request("*", 10));

    while (!page.hits().isEmpty()) {
      seen.addAll(page.hits());
      long next = log.size() + 1;
      log.append(List.of(new Entry(EntryKind.EVENT, event(next, NOON.plusSeconds(1000 + next)))));
      catchUp();
      page = index().search(new SearchRequest(new Query.All(), TimeRange.ALL, 10, seen.getLast()));
    }

    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(seen.stream().map(SearchHit::leaf))
        .containsExactlyElementsOf(
            java.util.stream.LongStream.iterate(24, leaf -> leaf - 1).limit(25).boxed().toList());
  }

  @Test
  void countsExactlyUpToTenThousandAndThenSaysAtLeast() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 10_050; i++) {
      String user = i <= 10_000 ? "many" : "few";
      entries.add(new Entry(EntryKind.EVENT, event(i, e -> e.put(Field.USER_NAME, user))));
    }
    log.append(entries);
    catchUp();

    assertThat(index().search(request("user.name:many", 1)).total()).isEqualTo(10_000);
    assertThat(index().search(request("user.name:many", 1)).totalIsExact()).isTrue();
    SearchPage all = index().search(request("*", 10));
    assertThat(all.totalIsExact()).isFalse();
    assertThat(all.total()).isEqualTo(10_000);
    assertThat(index().histogram(histogram("*", 2, Duration.ofHours(1))).counts())
        .containsExactly(10_050L, 0L);
  }

  @RandomizedTest(iterations = 2)
  void pagesThroughMoreThanItCountsWithoutLossOrRepeat(RandomGenerator random) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 12_000; i++) {
      long second = random.nextInt(4) == 0 ? random.nextInt(100) : i / 10;
      entries.add(new Entry(EntryKind.EVENT, event(i, NOON.plusSeconds(second * second))));
    }
    log.append(entries);
    catchUp();
    List<SearchHit> seen = new ArrayList<>();
    int limit = random.nextInt(300, 3000);

    SearchPage page = index().search(request("*", limit));
    while (!page.hits().isEmpty()) {
      seen.addAll(page.hits());
      page =
          index().search(new SearchRequest(new Query.All(), TimeRange.ALL, limit, seen.getLast()));
    }

    assertThat(seen)
        .isEqualTo(
            new ModelIndex(log.read(0, 12_000))
                .search(new Query.All(), TimeRange.ALL).stream()
                    .map(hit -> new SearchHit(hit.leaf(), hit.event().timestampMicros()))
                    .toList());
  }

  @Test
  void countsEachBucketFromInclusiveToExclusive() {
    Instant before = Instant.parse("1969-12-31T23:00:00Z");
    List.of(0L, 3599L, 3600L, 7199L, 7200L)
        .forEach(s -> index(event(log.size() + 1, before.plusSeconds(s))));

    Histogram histogram =
        index()
            .histogram(
                new HistogramRequest(
                    new Query.All(),
                    new TimeRange(before, before.plusSeconds(7200)),
                    Duration.ofHours(1)));

    assertThat(histogram.counts()).containsExactly(2L, 2L);
    assertThat(histogram.from()).isEqualTo(before);
    assertThat(histogram.asOfLeaf()).isEqualTo(5);
  }

  @Test
  void keepsBucketsOfEqualLengthWhereClocksChange() {
    Instant night = Instant.parse("2026-03-29T00:30:00Z");
    index(event(1, night));
    index(event(2, night.plusSeconds(3600)));

    Histogram histogram =
        index()
            .histogram(
                new HistogramRequest(
                    new Query.All(),
                    new TimeRange(night, night.plusSeconds(3 * 3600)),
                    Duration.ofHours(1)));

    assertThat(histogram.counts()).containsExactly(1L, 1L, 0L);
  }

  @Test
  void takesTimesAtTheEndsOfTheScale() {
    index(event(1, Micros.toInstant(Long.MAX_VALUE)));
    index(event(2, Micros.toInstant(Long.MIN_VALUE + 1_000_000)));

    assertThat(leaves("*")).containsExactly(0L, 1L);
    assertThat(leaves("@timestamp:>2026-01-01")).containsExactly(0L);
  }

  @Test
  void listsTheMostFrequentValues() {
    index(event(1, e -> e.put(Field.SOURCE_IP, "10.0.0.1").put(Field.TAGS, List.of("a", "b"))));
    index(event(2, e -> e.put(Field.SOURCE_IP, "10.0.0.1").put(Field.TAGS, List.of("b"))));
    index(event(3, e -> e.put(Field.SOURCE_IP, "2001:DB8:0:0::1").put(Field.TAGS, List.of("c"))));

    assertThat(index().terms(new Query.All(), TimeRange.ALL, Field.TAGS, 2))
        .containsExactly(new TermCount("b", 2), new TermCount("a", 1));
    assertThat(index().terms(new Query.All(), TimeRange.ALL, Field.SOURCE_IP, 9))
        .containsExactly(new TermCount("10.0.0.1", 2), new TermCount("2001:db8::1", 1));
    assertThat(index().terms(parser.parse("tags:c"), TimeRange.ALL, Field.TAGS, 9))
        .containsExactly(new TermCount("c", 1));
  }

  @Test
  void refusesAGapAndARepeat() {
    index(event(1, NOON));
    LoggedEntry again = log.read(0);
    LoggedEntry later = new LoggedEntry(2, EntryKind.EVENT, again.event());

    for (LoggedEntry wrong : List.of(again, later)) {
      assertThatThrownBy(() -> index().index(List.of(wrong)))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.code()).isEqualTo(AuditErrorCode.INDEX_GAP));
    }
    assertThat(leaves("*")).containsExactly(0L);
  }

  @Test
  void showsNothingBeforeARefresh() {
    log.append(List.of(new Entry(EntryKind.EVENT, event(1, NOON))));
    index().index(log.read(0, 10));

    assertThat(index().search(request("*", 10)).asOfLeaf()).isZero();
    index().refresh();

    assertThat(index().search(request("*", 10)).asOfLeaf()).isEqualTo(1);
  }

  @Test
  void continuesAfterItsLastCommitWhenOpenedAgain() {
    index(event(1, NOON));
    index().commit();
    reopen();
    assertThat(index().nextLeaf()).isEqualTo(1);

    index(event(2, NOON));

    assertThat(leaves("*")).containsExactly(1L, 0L);
    assertThat(index().rebuilds()).isZero();
  }

  @RandomizedTest(iterations = 6)
  void agreesWithTheModelOnRandomQuestions(RandomGenerator random) {
    log.append(RandomEvents.entries(random, random.nextInt(1, 120)));
    index().index(log.read(0, random.nextInt(1, 60)));
    index().refresh();
    catchUp();
    ModelIndex model = new ModelIndex(log.read(0, 1000));

    for (int i = 0; i < 60; i++) {
      Query query = new RandomQueries(random).any(3);
      TimeRange range = range(random);
      String asked = QueryPrinter.print(query) + " in " + range;

      SearchPage page = index().search(new SearchRequest(query, range, 1000, null));

      List<LoggedEntry> expected = model.search(query, range);
      assertThat(page.hits().stream().map(SearchHit::leaf))
          .as(asked)
          .containsExactlyElementsOf(expected.stream().map(LoggedEntry::leaf).toList());
      assertThat(page.total()).isEqualTo(expected.size());
      assertThat(index().terms(query, range, Field.TAGS, 3))
          .as(asked)
          .isEqualTo(model.terms(query, range, Field.TAGS, 3));
      if (!range.equals(TimeRange.ALL)) {
        HistogramRequest request =
            new HistogramRequest(query, range, Duration.ofNanos(1000L * random.nextInt(1, 40)));
        assertThat(index().histogram(request).counts())
            .as(asked)
            .isEqualTo(model.histogram(request));
      }
    }
  }

  private static TimeRange range(RandomGenerator random) {
    if (random.nextBoolean()) {
      return TimeRange.ALL;
    }
    long from = random.nextInt(-60, 40);
    return new TimeRange(Micros.toInstant(from), Micros.toInstant(from + random.nextInt(0, 60)));
  }

  protected static Event event(long sequence, Instant time) {
    return Event.builder(new SourcePosition("s", 0, sequence), time, time).build();
  }

  protected static Event event(long sequence, Consumer<Event.Builder> fields) {
    Event.Builder event = event(sequence, NOON).toBuilder();
    fields.accept(event);
    return event.build();
  }

  private static Event example() {
    return Event.builder(new SourcePosition("gw-01", 3, 7), NOON, NOON.plusSeconds(1))
        .id(new org.citywall.audit.event.EventId(1, 2))
        .put(Field.USER_NAME, "zhang")
        .put(Field.EVENT_CATEGORY, List.of("database", "session"))
        .put(Field.MESSAGE, "Password failed for zhang，人力资源科社会保障局 ok")
        .put(Field.SOURCE_IP, "10.1.2.3")
        .put(Field.CLIENT_IP, "2001:db8::1")
        .put(Field.DB_ROWS_RETURNED, 4812)
        .put(Field.GOV_DATA_LEVEL, 4)
        .put(Field.EVENT_START, NOON.minusSeconds(3600))
        .put(Field.GOV_SUBJECTS, new byte[] {1})
        .put(
            Field.EVENT_ORIGINAL,
            "<34>1 the original bytes of 杭州市".getBytes(StandardCharsets.UTF_8))
        .label("team", "alpha")
        .label("单位", "公安局")
        .build();
  }

  private void index(Event event) {
    index(EntryKind.EVENT, event);
  }

  private void index(EntryKind kind, Event event) {
    log.append(List.of(new Entry(kind, event)));
    catchUp();
  }

  protected final void catchUp() {
    while (index().nextLeaf() < log.size()) {
      index().index(log.read(index().nextLeaf(), 1000));
    }
    index().refresh();
  }

  protected final List<Long> leaves(String query) {
    return search(parser.parse(query)).hits().stream().map(SearchHit::leaf).toList();
  }

  private SearchPage search(Query query) {
    return index().search(new SearchRequest(query, TimeRange.ALL, 100, null));
  }

  private SearchRequest request(String query, int limit) {
    return new SearchRequest(parser.parse(query), TimeRange.ALL, limit, null);
  }

  private HistogramRequest histogram(String query, int buckets, Duration interval) {
    return new HistogramRequest(
        parser.parse(query),
        new TimeRange(NOON, NOON.plus(interval.multipliedBy(buckets))),
        interval);
  }

  private void assertInvalid(Query query) {
    assertThatThrownBy(() -> search(query))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.QUERY_INVALID));
  }
}
