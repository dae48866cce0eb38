// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.EventIndex;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TermCount;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** The index of one data folder, and its one writer. */
public final class LuceneIndex implements EventIndex {

  /** Megabytes that are indexed in memory before they become a segment. */
  private static final double RAM_BUFFER_MB = 48;

  /** Megabytes beyond which segments are not merged any more. */
  private static final double MAX_SEGMENT_MB = 4096;

  private final IndexFolder folder;
  private final FSDirectory directory;
  private final IndexWriter writer;
  private final WordAnalyzer analyzer;
  private final SearcherManager searchers;
  private final LuceneSearch search;
  private final EventDocument document = new EventDocument();
  private final int rebuilds;
  private volatile CommitData state;
  private CommitData committed;

  private LuceneIndex(
      IndexFolder folder,
      FSDirectory directory,
      WordAnalyzer analyzer,
      IndexWriter writer,
      int rebuilds)
      throws IOException {
    this.folder = folder;
    this.directory = directory;
    this.analyzer = analyzer;
    this.writer = writer;
    this.rebuilds = rebuilds;
    this.state = stateOf(writer);
    this.committed = state;
    this.searchers = new SearcherManager(writer, null);
    this.search = new LuceneSearch(searchers, analyzer);
  }

  /**
   * Opens the index in this folder for writing, or begins one. What is unusable there, of another
   * schema or made from another log is moved to {@code NAME.broken} beside it and begun anew. The
   * caller keeps the log and closes it.
   */
  public static LuceneIndex open(Path path, LogReader log) {
    WordAnalyzer analyzer = new WordAnalyzer();
    List<Closeable> opened = new ArrayList<>(List.of(analyzer));
    try {
      IndexFolder folder = new IndexFolder(path);
      int rebuilds = folder.clear(log) ? 1 : 0;
      FSDirectory directory = FSDirectory.open(path);
      opened.addFirst(directory);
      IndexWriter writer = new IndexWriter(directory, config(analyzer));
      opened.addFirst(writer::rollback);
      return new LuceneIndex(folder, directory, analyzer, writer, rebuilds);
    } catch (LockObtainFailedException e) {
      IOUtils.closeWhileHandlingException(opened);
      throw new PlatformException(
          AuditErrorCode.INDEX_FAILED, "another process writes this index", e);
    } catch (IOException | RuntimeException e) {
      IOUtils.closeWhileHandlingException(opened);
      throw e instanceof PlatformException known ? known : Failures.of(e);
    }
  }

  /** Opens the last commit of an index that another process may be writing. */
  public static ReadOnlyIndex openReadOnly(Path path) {
    return ReadOnlyIndex.open(path);
  }

  @Override
  public long nextLeaf() {
    return state.next();
  }

  @Override
  public synchronized void index(List<LoggedEntry> batch) {
    requireNoGap(batch);
    try {
      for (LoggedEntry entry : batch) {
        document.addTo(writer, entry);
        state = new CommitData(Schema.VERSION, entry.leaf() + 1, entry.event().id().toString());
      }
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void redact(YearMonth month, LogReader log) {
    try {
      Redaction redaction = new Redaction(month, log, state.next());
      searchers.maybeRefreshBlocking();
      IndexSearcher searcher = searchers.acquire();
      try {
        redaction.locate(searcher);
      } finally {
        searchers.release(searcher);
      }
      redaction.apply(writer, document);
      // A deleted document stays in its file until that is written anew, and a file until no
      // commit and no searcher has it.
      writer.forceMergeDeletes(true);
      commitNow();
      searchers.maybeRefreshBlocking();
      writer.deleteUnusedFiles();
      folder.deleteAside();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void commit() {
    if (!state.equals(committed)) {
      commitNow();
    }
  }

  private void commitNow() {
    try {
      CommitData now = state;
      writer.setLiveCommitData(now.toMap().entrySet());
      writer.commit();
      committed = now;
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public void refresh() {
    try {
      searchers.maybeRefreshBlocking();
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public SearchPage search(SearchRequest request) {
    return search.search(request);
  }

  @Override
  public Histogram histogram(HistogramRequest request) {
    return search.histogram(request);
  }

  @Override
  public List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    return search.terms(query, range, field, limit);
  }

  @Override
  public int rebuilds() {
    return rebuilds;
  }

  /** Commits and gives the folder back. */
  @Override
  public synchronized void close() {
    try {
      if (writer.isOpen()) {
        commit();
      }
    } finally {
      release();
    }
  }

  private void release() {
    try (directory;
        analyzer;
        searchers) {
      writer.rollback();
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }

  private void requireNoGap(List<LoggedEntry> batch) {
    long expected = state.next();
    for (LoggedEntry entry : batch) {
      if (entry.leaf() != expected) {
        throw new PlatformException(
            AuditErrorCode.INDEX_GAP, "expected leaf " + expected + ", got " + entry.leaf());
      }
      expected++;
    }
  }

  private PlatformException failed(Exception failure) {
    Throwable tragedy = writer.getTragicException();
    if (IndexFolder.isCorruption(failure)
        || (tragedy != null && IndexFolder.isCorruption(tragedy))) {
      try {
        folder.markCorrupt();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    return Failures.of(failure);
  }

  /** What the last commit says; an empty index is committed, so that readers find it. */
  private static CommitData stateOf(IndexWriter writer) throws IOException {
    Map<String, String> data = new HashMap<>();
    var entries = writer.getLiveCommitData();
    if (entries != null) {
      entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    if (!data.isEmpty()) {
      return CommitData.of(data);
    }
    writer.setLiveCommitData(CommitData.EMPTY.toMap().entrySet());
    writer.commit();
    return CommitData.EMPTY;
  }

  private static IndexWriterConfig config(WordAnalyzer analyzer) {
    // Neighbours only: documents stay in order of leaf, which is nearly order of time, so that
    // time ranges and histograms skip whole blocks.
    LogByteSizeMergePolicy merges = new LogByteSizeMergePolicy();
    merges.setMaxMergeMB(MAX_SEGMENT_MB);
    return new IndexWriterConfig(analyzer)
        .setRAMBufferSizeMB(RAM_BUFFER_MB)
        .setMergePolicy(merges)
        .setUseCompoundFile(false)
        .setCommitOnClose(false);
  }
}
