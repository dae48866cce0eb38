// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TermCount;
import org.citywall.audit.index.TimeRange;

/** The last commit of an index, as it was when it was opened. */
public final class ReadOnlyIndex implements EventSearch, AutoCloseable {

  private final FSDirectory directory;
  private final WordAnalyzer analyzer = new WordAnalyzer();
  private final SearcherManager searchers;
  private final LuceneSearch search;

  private ReadOnlyIndex(FSDirectory directory, DirectoryReader reader) throws IOException {
    this.directory = directory;
    this.searchers = new SearcherManager(reader, null);
    this.search = new LuceneSearch(searchers, analyzer);
  }

  static ReadOnlyIndex open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new PlatformException(AuditErrorCode.INDEX_FAILED, "there is no index yet");
    }
    try {
      FSDirectory directory = FSDirectory.open(path);
      try {
        return opened(directory);
      } catch (IOException | RuntimeException e) {
        directory.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Failures.of(e);
    }
  }

  private static ReadOnlyIndex opened(FSDirectory directory) throws IOException {
    if (!DirectoryReader.indexExists(directory)) {
      throw new PlatformException(AuditErrorCode.INDEX_FAILED, "there is no index yet");
    }
    DirectoryReader reader = DirectoryReader.open(directory);
    CommitData data = CommitData.of(reader.getIndexCommit().getUserData());
    if (data.schema() != Schema.VERSION) {
      reader.close();
      throw new PlatformException(
          AuditErrorCode.INDEX_FAILED, "the index has schema " + data.schema());
    }
    return new ReadOnlyIndex(directory, reader);
  }

  /** Every leaf below this one is seen. */
  public long asOfLeaf() {
    return search.asOfLeaf();
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
  public void close() {
    try (directory;
        analyzer;
        searchers) {
      // Each closes itself.
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }
}
