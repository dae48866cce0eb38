// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.index.RandomEvents;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.lucene.IndexComparison.Difference;
import org.citywall.audit.index.lucene.IndexComparison.Kind;
import org.citywall.audit.index.lucene.IndexComparison.Result;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexComparisonTest {

  private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

  @TempDir Path folder;

  private final MemoryLog log = new MemoryLog();

  @RandomizedTest(iterations = 10)
  void findsNothingInAnUntouchedIndex(RandomGenerator random) {
    log.append(RandomEvents.entries(random, random.nextInt(1, 400)));
    try (LuceneIndex index = LuceneIndex.open(place(), log)) {
      while (index.nextLeaf() < log.size()) {
        index.index(log.read(index.nextLeaf(), random.nextInt(1, 80)));
        if (random.nextBoolean()) {
          index.commit();
        }
      }
    }

    Result result = compare(random);

    assertThat(result.differences()).isEmpty();
    assertThat(result.compared()).isEqualTo(log.size());
    assertThat(result.asOf()).isEqualTo(log.size());
  }

  @RandomizedTest(iterations = 10)
  void agreesWithAnIndexThatLagsBehindTheLog(RandomGenerator random) {
    append(50, random);
    indexEverything();
    append(50, random);

    Result result = compare(random);

    assertThat(result.differences()).isEmpty();
    assertThat(result.asOf()).isEqualTo(50);
  }

  @RandomizedTest(iterations = 10)
  void findsADeletedDocument(RandomGenerator random) throws IOException {
    append(100, random);
    indexEverything();
    long leaf = random.nextInt(100);

    tamper(writer -> writer.deleteDocuments(LongPoint.newExactQuery(SearchField.LEAF, leaf)));

    assertThat(compare(random).differences())
        .containsExactly(new Difference(Kind.MISSING, leaf, leaf));
  }

  @RandomizedTest(iterations = 10)
  void findsADocumentThatIsThereTwice(RandomGenerator random) throws IOException {
    append(100, random);
    indexEverything();
    LoggedEntry twice = log.read(random.nextInt(100));

    tamper(writer -> writer.addDocument(new EventDocument().fill(twice)));

    assertThat(compare(random).differences())
        .containsExactly(new Difference(Kind.REPEATED, twice.leaf(), twice.leaf()));
  }

  @RandomizedTest(iterations = 10)
  void findsDocumentsThatNoEntryHas(RandomGenerator random) throws IOException {
    append(100, random);
    indexEverything();
    LoggedEntry some = log.read(random.nextInt(100));

    tamper(
        writer -> {
          writer.addDocument(
              new EventDocument().fill(new LoggedEntry(100, some.kind(), some.event())));
          writer.addDocument(List.of(new org.apache.lucene.document.Field("x", "y", Schema.WORDS)));
        });

    assertThat(compare(random).differences())
        .containsExactlyInAnyOrder(
            new Difference(Kind.EXTRA, 100, 100), new Difference(Kind.EXTRA, -1, -1));
  }

  @RandomizedTest(iterations = 50)
  void findsADocumentThatSaysSomethingElse(RandomGenerator random) throws IOException {
    append(60, random);
    indexEverything();
    LoggedEntry entry = log.read(random.nextInt(60));

    tamper(
        writer -> {
          writer.deleteDocuments(LongPoint.newExactQuery(SearchField.LEAF, entry.leaf()));
          writer.addDocument(new EventDocument().fill(altered(entry, random)));
        });

    assertThat(compare(random).differences())
        .containsExactly(new Difference(Kind.ALTERED, entry.leaf(), entry.leaf()));
  }

  @Test
  void findsAnEntryThatIsAnotherInTheLog() {
    RandomGenerator random = RandomGenerator.getDefault();
    MemoryLog other = new MemoryLog();
    for (int i = 0; i < 10; i++) {
      log.append(List.of(entry(i, "user" + i)));
      other.append(List.of(entry(i, i == 7 ? "mallory" : "user" + i)));
    }
    try (LuceneIndex index = LuceneIndex.open(place(), other)) {
      index.index(other.read(0, 10));
    }

    assertThat(compare(random).differences()).containsExactly(new Difference(Kind.ALTERED, 7, 7));
  }

  @RandomizedTest(iterations = 40)
  void neverCallsAnIndexIntactWithAByteChanged(RandomGenerator random) throws IOException {
    append(40, random);
    indexEverything();
    List<Path> files;
    try (Stream<Path> all = Files.list(place())) {
      files = all.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
    Path file = files.get(random.nextInt(files.size()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, bytes);

    try {
      assertThat(compare(random).differences()).as(file.toString()).isNotEmpty();
    } catch (PlatformException e) {
      assertThat(e.code().id()).isEqualTo("AUD-0031");
    }
  }

  @Test
  void saysThatThereIsNoIndex() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> compare(RandomGenerator.getDefault()))
        .withMessageContaining("AUD-0031");
  }

  private interface Tampering {
    void on(IndexWriter writer) throws IOException;
  }

  /** As somebody would who knows Lucene and keeps the commit's own words. */
  private void tamper(Tampering tampering) throws IOException {
    try (FSDirectory directory = FSDirectory.open(place());
        WordAnalyzer analyzer = new WordAnalyzer();
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
      tampering.on(writer);
      writer.setLiveCommitData(data);
      writer.commit();
    }
  }

  private static LoggedEntry altered(LoggedEntry entry, RandomGenerator random) {
    Event.Builder event = entry.event().toBuilder();
    switch (random.nextInt(6)) {
      case 0 -> event.put(Field.USER_NAME, entry.event().text(Field.USER_NAME) + "x");
      case 1 -> event.put(Field.MESSAGE, "failed 登录失败 login " + entry.leaf() % 7);
      case 2 -> event.put(Field.DB_ROWS_RETURNED, 1);
      case 3 -> event.label("team", "x");
      case 4 -> event.put(Field.TAGS, List.of("x"));
      default -> event.put(Field.SOURCE_IP, "10.0.0.1");
    }
    return new LoggedEntry(entry.leaf(), entry.kind(), event.build());
  }

  private void append(int count, RandomGenerator random) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry((int) log.size() + i, "user" + random.nextInt(20)));
    }
    log.append(entries);
  }

  private static Entry entry(int number, String user) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 0, number + 1), NOON.plusMillis(number), NOON)
            .put(Field.USER_NAME, user)
            .put(Field.MESSAGE, "登录失败 failed login " + number % 7)
            .build());
  }

  private void indexEverything() {
    try (LuceneIndex index = LuceneIndex.open(place(), log)) {
      index.index(log.read(0, (int) log.size()));
    }
  }

  private Result compare(RandomGenerator random) {
    return IndexComparison.compare(place(), log, random, (done, total) -> {});
  }

  private Path place() {
    return folder.resolve("index");
  }
}
