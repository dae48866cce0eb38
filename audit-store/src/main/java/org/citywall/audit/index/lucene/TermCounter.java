// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;

/**
 * Counts values of a field: by ordinal within a segment, then by merging the segments in order of
 * value, so that memory is one int per distinct value and segment and the counts are exact.
 */
final class TermCounter {

  /** Most distinct values over all segments: 64 MB of counters. */
  private static final long MAX_DISTINCT = 16_000_000;

  /** A value and how many documents have it. */
  record Counted(BytesRef value, long count) {}

  private static final Comparator<Counted> LEAST_FIRST =
      Comparator.comparingLong(Counted::count)
          .thenComparing(Counted::value, Comparator.reverseOrder());

  /** The counters of one segment and the value they stand at. */
  private static final class Segment {

    private final SortedSetDocValues values;
    private final int[] counts;
    private int at = -1;
    private BytesRef value = new BytesRef();

    Segment(SortedSetDocValues values) {
      this.values = values;
      this.counts = new int[Math.toIntExact(values.getValueCount())];
    }

    boolean next() throws IOException {
      at++;
      while (at < counts.length && counts[at] == 0) {
        at++;
      }
      if (at == counts.length) {
        return false;
      }
      value = values.lookupOrd(at);
      return true;
    }
  }

  private final String field;
  private final int limit;

  TermCounter(String field, int limit) {
    this.field = field;
    this.limit = limit;
  }

  /** The most frequent values, the most frequent first, equals in order of value. */
  List<Counted> count(IndexSearcher searcher, Query query) throws IOException {
    Weight weight =
        searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
    List<Segment> segments = new ArrayList<>();
    long distinct = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), field);
      distinct += values.getValueCount();
      if (distinct > MAX_DISTINCT) {
        throw Failures.query("the field has too many distinct values to count");
      }
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null && values.getValueCount() > 0) {
        segments.add(counted(leaf, values, scorer.iterator()));
      }
    }
    return merged(segments);
  }

  private static Segment counted(
      LeafReaderContext leaf, SortedSetDocValues values, DocIdSetIterator matches)
      throws IOException {
    Segment segment = new Segment(values);
    var live = leaf.reader().getLiveDocs();
    for (int doc = matches.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS;
        doc = matches.nextDoc()) {
      if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
        for (int i = 0; i < values.docValueCount(); i++) {
          segment.counts[(int) values.nextOrd()]++;
        }
      }
    }
    return segment;
  }

  private List<Counted> merged(List<Segment> segments) throws IOException {
    PriorityQueue<Segment> byValue =
        new PriorityQueue<>(Comparator.comparing((Segment segment) -> segment.value));
    for (Segment segment : segments) {
      if (segment.next()) {
        byValue.add(segment);
      }
    }
    PriorityQueue<Counted> top = new PriorityQueue<>(LEAST_FIRST);
    while (!byValue.isEmpty()) {
      BytesRef value = BytesRef.deepCopyOf(byValue.element().value);
      long count = 0;
      while (!byValue.isEmpty() && byValue.element().value.equals(value)) {
        Segment segment = byValue.remove();
        count += segment.counts[segment.at];
        if (segment.next()) {
          byValue.add(segment);
        }
      }
      top.add(new Counted(value, count));
      if (top.size() > limit) {
        top.remove();
      }
    }
    return top.stream().sorted(LEAST_FIRST.reversed()).toList();
  }
}
