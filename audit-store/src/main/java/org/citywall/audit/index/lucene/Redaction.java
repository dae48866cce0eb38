// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** Makes the documents of destroyed payloads anew from what the log still has of them. */
final class Redaction {

  private static final int BATCH = 1000;

  private final YearMonth month;
  private final LogReader log;
  private final long end;
  private long first = Long.MAX_VALUE;
  private long last = -1;

  /**
   * @param month of receipt, by UTC
   * @param end leaf behind the last one that is indexed
   */
  Redaction(YearMonth month, LogReader log, long end) {
    this.month = month;
    this.log = log;
    this.end = end;
  }

  /** Finds the stretch of the log in which documents of the month lie. */
  void locate(IndexSearcher searcher) throws IOException {
    Query received =
        LongPoint.newRangeQuery(EventJson.RECEIVED, begin(month), begin(month.plusMonths(1)) - 1);
    Weight weight =
        searcher.createWeight(searcher.rewrite(received), ScoreMode.COMPLETE_NO_SCORES, 1f);
    for (LeafReaderContext segment : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(segment);
      NumericDocValues leaves = segment.reader().getNumericDocValues(SearchField.LEAF);
      if (scorer != null && leaves != null) {
        DocIdSetIterator found = scorer.iterator();
        while (found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          if (leaves.advanceExact(found.docID())) {
            first = Math.min(first, leaves.longValue());
            last = Math.max(last, leaves.longValue());
          }
        }
      }
    }
  }

  private static long begin(YearMonth month) {
    return Micros.of(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** Replaces the documents. */
  void apply(IndexWriter writer, EventDocument document) throws IOException {
    long stop = Math.min(end, last + 1);
    for (long from = first; from < stop; ) {
      List<LoggedEntry> entries = log.read(from, (int) Math.min(BATCH, stop - from));
      List<LoggedEntry> gone = new ArrayList<>();
      for (LoggedEntry entry : entries) {
        if (entry.shredded() && isOfMonth(entry)) {
          gone.add(entry);
        }
      }
      if (!gone.isEmpty()) {
        long[] leaves = gone.stream().mapToLong(LoggedEntry::leaf).toArray();
        writer.deleteDocuments(LongPoint.newSetQuery(SearchField.LEAF, leaves));
        for (LoggedEntry entry : gone) {
          document.addTo(writer, entry);
        }
      }
      from += entries.size();
      if (entries.isEmpty()) {
        return;
      }
    }
  }

  private boolean isOfMonth(LoggedEntry entry) {
    return YearMonth.from(entry.event().received().atOffset(ZoneOffset.UTC)).equals(month);
  }
}
