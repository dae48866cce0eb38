// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.index.EventIndex;
import org.citywall.audit.index.EventIndexContract;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class LuceneIndexTest extends EventIndexContract {

  @Override
  protected EventIndex open(Path place, LogReader reader) {
    return LuceneIndex.open(place, reader);
  }

  @RandomizedTest(iterations = 5)
  void holdsEachEntryOnceWhenKilledAtAnyMoment(RandomGenerator random) {
    append(log, 300);
    Path place = folder.resolve("index");
    Path image = folder.resolve("image");
    long committed = 0;
    while (index().nextLeaf() < log.size()) {
      index().index(log.read(index().nextLeaf(), random.nextInt(1, 60)));
      switch (random.nextInt(3)) {
        case 0 -> {
          index().commit();
          committed = index().nextLeaf();
        }
        case 1 -> index().refresh();
        default -> {}
      }
    }

    copy(place, image);

    try (LuceneIndex revived = LuceneIndex.open(image, log)) {
      assertThat(revived.nextLeaf()).isEqualTo(committed);
      assertThat(revived.rebuilds()).isZero();
      while (revived.nextLeaf() < log.size()) {
        revived.index(log.read(revived.nextLeaf(), 100));
      }
      revived.refresh();
      assertThat(allLeaves(revived))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 300).boxed().toList());
    }
  }

  @Test
  void beginsAnewWhereTheFolderWasDeleted() {
    append(log, 5);
    catchUp();
    reopen();
    delete(folder.resolve("index"));

    assertThat(index().nextLeaf()).isZero();
    catchUp();

    assertThat(leaves("*")).hasSize(5);
    assertThat(index().rebuilds()).isZero();
  }

  @RandomizedTest(iterations = 12)
  void movesADamagedIndexAsideAndBeginsAnew(RandomGenerator random) throws IOException {
    append(log, 200);
    catchUp();
    reopen();
    Path place = folder.resolve("index");
    List<Path> files;
    try (Stream<Path> list = Files.list(place)) {
      files = list.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
    Path victim = files.get(random.nextInt(files.size()));
    damage(victim, random);

    assertThat(index().rebuilds()).as("damaged %s", victim.getFileName()).isEqualTo(1);

    assertThat(index().nextLeaf()).isZero();
    assertThat(folder.resolve("index.broken")).isDirectory();
    catchUp();
    assertThat(leaves("*")).hasSize(100);
  }

  @Test
  void beginsAnewForAnotherLogOrOneThatLostItsEnd() {
    append(log, 5);
    catchUp();
    reopen();
    MemoryLog shorter = new MemoryLog();
    append(shorter, 3);
    MemoryLog other = new MemoryLog();
    for (int i = 1; i <= 5; i++) {
      other.append(List.of(new Entry(EntryKind.EVENT, event(1000 + i, NOON))));
    }

    for (MemoryLog wrong : List.of(shorter, other)) {
      Path copy = folder.resolve("copy");
      delete(copy);
      copy(folder.resolve("index"), copy);
      try (LuceneIndex opened = LuceneIndex.open(copy, wrong)) {
        assertThat(opened.rebuilds()).isEqualTo(1);
        assertThat(opened.nextLeaf()).isZero();
      }
    }
    assertThat(index().nextLeaf()).isEqualTo(5);
  }

  @Test
  void beginsAnewWhereTheSchemaIsAnother() throws IOException {
    append(log, 5);
    catchUp();
    reopen();
    try (FSDirectory directory = FSDirectory.open(folder.resolve("index"));
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.setLiveCommitData(new CommitData(99, 5, "x").toMap().entrySet());
      writer.commit();
    }

    assertThatThrownBy(() -> LuceneIndex.openReadOnly(folder.resolve("index")))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("schema 99");
    assertThat(index().rebuilds()).isEqualTo(1);
  }

  @Test
  void refusesASecondWriterAndLeavesTheFirstAlone() {
    append(log, 1);
    catchUp();

    assertThatThrownBy(() -> LuceneIndex.open(folder.resolve("index"), log))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("another process");

    assertThat(leaves("*")).containsExactly(0L);
  }

  @Test
  void showsTheLastCommitToReadersBesideTheWriter() {
    append(log, 3);
    catchUp();
    try (ReadOnlyIndex early = LuceneIndex.openReadOnly(folder.resolve("index"))) {
      assertThat(early.asOfLeaf()).isZero();
      index().commit();

      try (ReadOnlyIndex late = LuceneIndex.openReadOnly(folder.resolve("index"))) {
        assertThat(late.asOfLeaf()).isEqualTo(3);
        assertThat(late.search(everything()).hits()).hasSize(3);
      }
      assertThat(early.asOfLeaf()).isZero();
    }
  }

  @Test
  void saysWhereThereIsNoIndexToRead() {
    assertThatThrownBy(() -> LuceneIndex.openReadOnly(folder.resolve("nothing")))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("no index");
  }

  private static void append(MemoryLog log, int count) {
    for (int i = 1; i <= count; i++) {
      log.append(List.of(new Entry(EntryKind.EVENT, event(i, NOON.plusSeconds(i)))));
    }
  }

  private static SearchRequest everything() {
    return new SearchRequest(new Query.All(), TimeRange.ALL, 10_000, null);
  }

  private static List<Long> allLeaves(EventIndex index) {
    return index.search(everything()).hits().stream().map(SearchHit::leaf).toList();
  }

  private static void damage(Path file, RandomGenerator random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (random.nextInt(3) == 0) {
      Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    } else {
      bytes[random.nextInt(bytes.length)] ^= (byte) random.nextInt(1, 256);
      Files.write(file, bytes);
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.list(from)) {
      Files.createDirectories(to);
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path place) {
    if (!Files.exists(place)) {
      return;
    }
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
