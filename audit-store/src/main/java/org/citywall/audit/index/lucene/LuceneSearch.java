// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.IpBlock;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TermCount;
import org.citywall.audit.index.TimeRange;

/** Searches whatever the searcher manager shows at the time. */
final class LuceneSearch implements EventSearch {

  /** What is done with one state of the index. */
  private interface Search<T> {
    T on(IndexSearcher searcher) throws IOException;
  }

  private final SearcherManager searchers;
  private final Translator translator;

  LuceneSearch(SearcherManager searchers, WordAnalyzer analyzer) {
    this.searchers = searchers;
    this.translator = new Translator(analyzer);
  }

  @Override
  public SearchPage search(SearchRequest request) {
    var query = translator.translate(request.query(), request.range());
    return with(
        searcher -> {
          NewestHits newest = new NewestHits(searcher, query, request.limit(), request.after());
          int count = newest.count();
          return new SearchPage(
              newest.page(count),
              Math.min(count, NewestHits.EXACT_UP_TO),
              count <= NewestHits.EXACT_UP_TO,
              asOf(searcher.getIndexReader()));
        });
  }

  @Override
  public Histogram histogram(HistogramRequest request) {
    boolean everything = request.query() instanceof Query.All;
    long width = micros(request.interval());
    EventTimes times = EventTimes.of(request.range());
    var query = translator.translate(request.query(), request.range());
    return with(
        searcher -> {
          HistogramCounter counter = new HistogramCounter(times, width);
          counter.count(searcher, query, everything);
          return new Histogram(
              request.range().from(),
              request.interval(),
              counter.counts(),
              asOf(searcher.getIndexReader()));
        });
  }

  @Override
  public List<TermCount> terms(Query query, TimeRange range, Field field, int limit) {
    boolean countable =
        field.type() == FieldType.KEYWORD
            || field.type() == FieldType.KEYWORDS
            || field.type() == FieldType.IP;
    if (!countable || limit < 1 || limit > SearchRequest.MAX_LIMIT) {
      throw Failures.query("only values of keyword and address fields are counted, 1..10000");
    }
    var translated = translator.translate(query, range);
    return with(
        searcher ->
            new TermCounter(field.fieldName(), limit)
                .count(searcher, translated).stream()
                    .map(counted -> new TermCount(text(field, counted), counted.count()))
                    .toList());
  }

  /** The searches that begin now see every leaf below this one. */
  long asOfLeaf() {
    return with(searcher -> asOf(searcher.getIndexReader()));
  }

  private <T> T with(Search<T> search) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return search.on(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException | RuntimeException e) {
      throw e instanceof PlatformException known ? known : Failures.of(e);
    }
  }

  private static long micros(Duration interval) {
    if (interval.getSeconds() > Long.MAX_VALUE / 1_000_000 - 1) {
      return Long.MAX_VALUE;
    }
    long micros = interval.getSeconds() * 1_000_000 + interval.getNano() / 1000;
    if (micros < 1) {
      throw Failures.query("an interval is at least one microsecond");
    }
    return micros;
  }

  private static long asOf(IndexReader reader) throws IOException {
    byte[] last = PointValues.getMaxPackedValue(reader, SearchField.LEAF);
    return last == null ? 0 : LongPoint.decodeDimension(last, 0) + 1;
  }

  private static String text(Field field, TermCounter.Counted counted) {
    if (field.type() != FieldType.IP) {
      return counted.value().utf8ToString();
    }
    byte[] address = new byte[counted.value().length];
    System.arraycopy(counted.value().bytes, counted.value().offset, address, 0, address.length);
    return IpBlock.text(address);
  }
}
