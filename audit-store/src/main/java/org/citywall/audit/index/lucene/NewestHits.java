// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.Weight;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.SearchHit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the newest matches. Documents lie oldest first, so a collector that wants the newest would
 * visit them all; instead a frequent query is asked within a stretch of time that reaches back from
 * the newest event, and further back until the page is full.
 */
final class NewestHits {

  /** Matches up to which the total is exact and the whole query is sorted at once. */
  static final int EXACT_UP_TO = 10_000;

  /** How much further back each attempt reaches: repeated work stays below a seventh. */
  private static final int GROWTH = 8;

  private static final Sort NEWEST_FIRST =
      new Sort(
          new SortField(EventJson.TIMESTAMP, SortField.Type.LONG, true),
          new SortField(SearchField.LEAF, SortField.Type.LONG, true));

  private final IndexSearcher searcher;
  private final Query query;
  private final @Nullable SearchHit after;
  private final int limit;

  NewestHits(IndexSearcher searcher, Query query, int limit, @Nullable SearchHit after) {
    this.searcher = searcher;
    this.query = query;
    this.limit = limit;
    this.after = after;
  }

  /** Number of matches, or one more than {@link #EXACT_UP_TO} where there are more. */
  int count() throws IOException {
    Weight weight =
        searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1f);
    int count = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      int known = weight.count(leaf);
      count += known >= 0 ? Math.min(known, EXACT_UP_TO + 1) : counted(weight, leaf, count);
      if (count > EXACT_UP_TO) {
        return EXACT_UP_TO + 1;
      }
    }
    return count;
  }

  private static int counted(Weight weight, LeafReaderContext leaf, int before) throws IOException {
    Scorer scorer = weight.scorer(leaf);
    if (scorer == null) {
      return 0;
    }
    var live = leaf.reader().getLiveDocs();
    DocIdSetIterator matches = scorer.iterator();
    int count = 0;
    for (int doc = matches.nextDoc();
        doc != DocIdSetIterator.NO_MORE_DOCS && before + count <= EXACT_UP_TO;
        doc = matches.nextDoc()) {
      count += live == null || live.get(doc) ? 1 : 0;
    }
    return count;
  }

  /** The page, given what {@link #count} said. */
  List<SearchHit> page(int count) throws IOException {
    if (count == 0) {
      return List.of();
    }
    if (count <= EXACT_UP_TO) {
      return sorted(query);
    }
    IndexReader reader = searcher.getIndexReader();
    long oldest = bound(PointValues.getMinPackedValue(reader, EventJson.TIMESTAMP));
    long newest = bound(PointValues.getMaxPackedValue(reader, EventJson.TIMESTAMP));
    long end = after == null ? newest : Math.min(newest, after.timestampMicros());
    double reach = ((double) newest - (double) oldest) / reader.numDocs() * limit * 2 + 1;
    while (end - reach > oldest) {
      List<SearchHit> hits = sorted(between((long) (end - reach), end));
      if (hits.size() == limit) {
        return hits;
      }
      reach *= GROWTH;
    }
    return sorted(between(Long.MIN_VALUE, end));
  }

  private Query between(long from, long to) {
    return new BooleanQuery.Builder()
        .add(query, Occur.FILTER)
        .add(LongField.newRangeQuery(EventJson.TIMESTAMP, from, to), Occur.FILTER)
        .build();
  }

  private List<SearchHit> sorted(Query asked) throws IOException {
    FieldDoc last =
        after == null
            ? null
            : new FieldDoc(
                Integer.MAX_VALUE, Float.NaN, new Object[] {after.timestampMicros(), after.leaf()});
    ScoreDoc[] docs =
        searcher.search(asked, new TopFieldCollectorManager(NEWEST_FIRST, limit, last, limit))
            .scoreDocs;
    List<SearchHit> hits = new ArrayList<>(docs.length);
    for (ScoreDoc doc : docs) {
      Object[] values = ((FieldDoc) doc).fields;
      hits.add(new SearchHit((Long) values[1], (Long) values[0]));
    }
    return hits;
  }

  private static long bound(byte @Nullable [] packed) {
    return packed == null ? 0 : LongPoint.decodeDimension(packed, 0);
  }
}
