// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/**
 * Compares an index with the log it was made from, both ways: every entry is in it once and says
 * what the log says, and it holds nothing else. The log is read and indexed again in memory, some
 * thousand entries at a time, and what both indexes can answer about each entry is compared.
 *
 * <p>Memory: 24 bytes per document of the largest segment. The log itself is not verified here.
 */
public final class IndexComparison {

  /** How an index differs from its log. */
  public enum Kind {
    /** The log has the entry, the index does not. */
    MISSING,
    /** The index has an entry that the log does not have, or one without a leaf. */
    EXTRA,
    /** The index says something else about the entry than the log. */
    ALTERED,
    /** The index has the entry more than once. */
    REPEATED
  }

  /**
   * A difference over neighbouring leaves.
   *
   * @param first first leaf, or -1 for a document without one
   * @param last last leaf, at least {@code first}
   */
  public record Difference(Kind kind, long first, long last) {}

  /**
   * What was found.
   *
   * @param asOf leaves below this one are in the index, by its own claim
   * @param compared documents that were compared
   * @param differences at most 1,000
   * @param more how many further ones were left out
   */
  public record Result(long asOf, long compared, List<Difference> differences, long more) {

    public Result {
      differences = List.copyOf(differences);
    }
  }

  /** Told how many of how many entries have been compared. */
  @FunctionalInterface
  public interface Progress {
    void at(long compared, long total);
  }

  private static final int MAX_DIFFERENCES = 1_000;
  private static final int CHUNK = 20_000;
  private static final int READ = 500;

  private final LogReader log;
  private final Progress progress;
  private final byte[] key = new byte[32];
  private final TreeMap<Long, Long> gaps = new TreeMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private long more;
  private long asOf;
  private long expected;
  private long compared;

  private IndexComparison(LogReader log, RandomGenerator random, Progress progress) {
    this.log = log;
    this.progress = progress;
    random.nextBytes(key);
  }

  /**
   * Compares the last commit of the index in this folder, also while another process writes it;
   * {@code AUD-0031} where there is no index that can be read.
   *
   * @param random must not be foreseeable by whoever may have altered the index
   */
  public static Result compare(
      Path index, LogReader log, RandomGenerator random, Progress progress) {
    IndexComparison comparison = new IndexComparison(log, random, progress);
    try (FSDirectory directory = FSDirectory.open(index);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      CommitData commit = CommitData.of(reader.getIndexCommit().getUserData());
      if (commit.schema() != Schema.VERSION) {
        throw new PlatformException(
            AuditErrorCode.INDEX_FAILED, "the index has schema " + commit.schema());
      }
      return comparison.run(reader, commit.next());
    } catch (IOException | IllegalArgumentException e) {
      throw Failures.of(e);
    }
  }

  private Result run(DirectoryReader reader, long claimed) throws IOException {
    long size = log.size();
    asOf = Math.min(claimed, size);
    if (claimed > size) {
      found(Kind.EXTRA, size, claimed - 1);
    }
    for (LeafReaderContext part : inOrderOfLeaf(reader)) {
      part.reader().checkIntegrity();
      compare(DocumentDigests.of(part.reader(), key));
    }
    skip(asOf);
    gaps.forEach((first, last) -> found(Kind.MISSING, first, last));
    return new Result(claimed, compared, differences, more);
  }

  /** A writer keeps its segments in this order; whoever altered the index may not have. */
  private static List<LeafReaderContext> inOrderOfLeaf(DirectoryReader reader) throws IOException {
    Map<LeafReaderContext, Long> firsts = new HashMap<>();
    for (LeafReaderContext part : reader.leaves()) {
      NumericDocValues leaves = DocValues.getNumeric(part.reader(), SearchField.LEAF);
      long first = Long.MAX_VALUE;
      while (leaves.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        first = Math.min(first, leaves.longValue());
      }
      firsts.put(part, first);
    }
    List<LeafReaderContext> parts = new ArrayList<>(reader.leaves());
    parts.sort(Comparator.comparing(firsts::get));
    return parts;
  }

  private void compare(DocumentDigests part) throws IOException {
    int[] documents = inOrderOfLeaf(part);
    int at = 0;
    for (; at < documents.length && part.leaf(documents[at]) == DocumentDigests.NO_LEAF; at++) {
      if (part.isLive(documents[at])) {
        found(Kind.EXTRA, DocumentDigests.NO_LEAF, DocumentDigests.NO_LEAF);
      }
    }
    List<Integer> chunk = new ArrayList<>(CHUNK);
    for (; at < documents.length; at++) {
      if (isNew(part.leaf(documents[at]))) {
        chunk.add(documents[at]);
      }
      if (chunk.size() == CHUNK) {
        compare(part, chunk);
        chunk.clear();
      }
    }
    compare(part, chunk);
  }

  private static int[] inOrderOfLeaf(DocumentDigests part) {
    int[] documents = IntStream.range(0, part.size()).toArray();
    boolean ordered = true;
    for (int i = 1; i < documents.length; i++) {
      ordered &= part.leaf(i - 1) <= part.leaf(i);
    }
    return ordered
        ? documents
        : IntStream.of(documents)
            .boxed()
            .sorted(Comparator.comparingLong(part::leaf))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Whether the log has this leaf and it comes for the first time. */
  private boolean isNew(long leaf) {
    if (leaf >= asOf) {
      found(Kind.EXTRA, leaf, leaf);
      return false;
    }
    if (leaf >= expected) {
      skip(leaf);
      expected = leaf + 1;
      return true;
    }
    Map.Entry<Long, Long> gap = gaps.floorEntry(leaf);
    if (gap == null || gap.getValue() < leaf) {
      found(Kind.REPEATED, leaf, leaf);
      return false;
    }
    gaps.remove(gap.getKey());
    if (gap.getKey() < leaf) {
      gaps.put(gap.getKey(), leaf - 1);
    }
    if (leaf < gap.getValue()) {
      gaps.put(leaf + 1, gap.getValue());
    }
    return true;
  }

  /** Leaves up to this one have not come; a later segment may still have them. */
  private void skip(long leaf) {
    if (leaf > expected) {
      gaps.put(expected, leaf - 1);
    }
  }

  /** Compares with the same documents indexed again from the log. */
  private void compare(DocumentDigests part, List<Integer> documents) throws IOException {
    if (documents.isEmpty()) {
      return;
    }
    try (Directory memory = new ByteBuffersDirectory();
        WordAnalyzer analyzer = new WordAnalyzer()) {
      indexAgain(part, documents, memory, analyzer);
      try (DirectoryReader fresh = DirectoryReader.open(memory)) {
        int at = 0;
        for (LeafReaderContext segment : fresh.leaves()) {
          DocumentDigests digests = DocumentDigests.of(segment.reader(), key);
          for (int document = 0; document < digests.size(); document++) {
            long leaf = digests.leaf(document);
            // A document that Lucene refused half-way is there, and deleted.
            if (leaf != DocumentDigests.NO_LEAF
                && !part.sameAs(documents.get(at++), digests, document)) {
              found(Kind.ALTERED, leaf, leaf);
            }
          }
        }
      }
    }
    compared += documents.size();
    progress.at(compared, asOf);
  }

  private void indexAgain(
      DocumentDigests part, List<Integer> documents, Directory memory, WordAnalyzer analyzer)
      throws IOException {
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setMergePolicy(NoMergePolicy.INSTANCE)
            .setUseCompoundFile(false);
    EventDocument document = new EventDocument();
    try (IndexWriter writer = new IndexWriter(memory, config)) {
      List<LoggedEntry> entries = List.of();
      int next = 0;
      for (int wanted : documents) {
        long leaf = part.leaf(wanted);
        if (next == entries.size() || entries.get(next).leaf() != leaf) {
          entries = log.read(leaf, READ);
          next = 0;
        }
        document.addTo(writer, entries.get(next++));
      }
    }
  }

  /** Neighbours of one kind become one difference. */
  private void found(Kind kind, long first, long last) {
    if (!differences.isEmpty()) {
      Difference before = differences.getLast();
      if (before.kind() == kind && first >= 0 && before.last() + 1 == first) {
        differences.set(differences.size() - 1, new Difference(kind, before.first(), last));
        return;
      }
    }
    if (differences.size() < MAX_DIFFERENCES) {
      differences.add(new Difference(kind, first, last));
    } else {
      more++;
    }
  }
}
