// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.citywall.audit.event.EventJson;

/** Counts documents per interval of event time. Not safe for use by several threads. */
final class HistogramCounter {

  private final EventTimes times;
  private final long width;
  private final long[] counts;

  /** The bucket of the last document, which the next one is often in too. */
  private int bucket;

  private long bucketFirst = 1;
  private long bucketLast = 0;

  /** {@code width} in microseconds. */
  HistogramCounter(EventTimes times, long width) {
    this.times = times;
    this.width = width;
    this.counts = new long[times.isEmpty() ? 0 : (int) Long.divideUnsigned(span(times), width) + 1];
  }

  /** Counts what matches and lies within the times. */
  void count(IndexSearcher searcher, Query query, boolean everything) throws IOException {
    Weight weight =
        searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      if (everything && !leaf.reader().hasDeletions()) {
        countBlocks(leaf.reader());
      } else {
        countMatches(weight, leaf);
      }
    }
  }

  List<Long> counts() {
    List<Long> list = new ArrayList<>(counts.length);
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }

  private void countMatches(Weight weight, LeafReaderContext leaf) throws IOException {
    Scorer scorer = weight.scorer(leaf);
    if (scorer == null) {
      return;
    }
    NumericDocValues values = DocValues.getNumeric(leaf.reader(), EventJson.TIMESTAMP);
    var live = leaf.reader().getLiveDocs();
    DocIdSetIterator matches = scorer.iterator();
    for (int doc = matches.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = matches.nextDoc()) {
      if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
        add(values.longValue());
      }
    }
  }

  /** Whole blocks that fall into one bucket, or into none, are never decoded. */
  private void countBlocks(LeafReader reader) throws IOException {
    DocValuesSkipper skipper = reader.getDocValuesSkipper(EventJson.TIMESTAMP);
    NumericDocValues values = DocValues.getNumeric(reader, EventJson.TIMESTAMP);
    if (skipper == null) {
      return;
    }
    skipper.advance(0);
    while (skipper.minDocID(0) != DocIdSetIterator.NO_MORE_DOCS) {
      int last = skipper.maxDocID(0);
      for (int level = skipper.numLevels() - 1; level >= 0; level--) {
        if (isOneBucket(skipper.minValue(level), skipper.maxValue(level))) {
          last = skipper.maxDocID(level);
          add(skipper.minValue(level), skipper.docCount(level));
          break;
        }
        if (level == 0) {
          countDocs(values, skipper.minDocID(0), last);
        }
      }
      skipper.advance(last + 1);
    }
  }

  private void countDocs(NumericDocValues values, int first, int last) throws IOException {
    int doc = values.docID() < first ? values.advance(first) : values.docID();
    while (doc <= last) {
      add(values.longValue());
      doc = values.nextDoc();
    }
  }

  private boolean isOneBucket(long min, long max) {
    if (max < times.first() || min > times.last()) {
      return true;
    }
    return min >= times.first() && max <= times.last() && index(min) == index(max);
  }

  private void add(long micros, int howMany) {
    if (micros >= times.first() && micros <= times.last()) {
      counts[index(micros)] += howMany;
    }
  }

  private void add(long micros) {
    if (micros < bucketFirst || micros > bucketLast) {
      if (micros < times.first() || micros > times.last()) {
        return;
      }
      bucket = index(micros);
      bucketFirst = times.first() + bucket * width;
      long end = bucketFirst + (width - 1);
      bucketLast = end < bucketFirst ? times.last() : Math.min(times.last(), end);
    }
    counts[bucket]++;
  }

  private int index(long micros) {
    return (int) Long.divideUnsigned(micros - times.first(), width);
  }

  /** Distance between the bounds, unsigned: it may need all 64 bits. */
  private static long span(EventTimes times) {
    return times.last() - times.first();
  }
}
