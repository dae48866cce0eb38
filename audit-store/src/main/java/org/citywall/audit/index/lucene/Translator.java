// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.index.IpBlock;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.TimeRange;

/** Our queries as Lucene's. Nothing scores: order is by time. */
final class Translator {

  private static final org.apache.lucene.search.Query EVERYTHING = MatchAllDocsQuery.INSTANCE;
  private static final org.apache.lucene.search.Query NOTHING = MatchNoDocsQuery.INSTANCE;

  private final WordAnalyzer analyzer;

  Translator(WordAnalyzer analyzer) {
    this.analyzer = analyzer;
  }

  /** The query within a stretch of event time. */
  org.apache.lucene.search.Query translate(Query query, TimeRange range) {
    org.apache.lucene.search.Query translated = translate(query);
    if (range.equals(TimeRange.ALL)) {
      return translated;
    }
    EventTimes times = EventTimes.of(range);
    if (times.isEmpty()) {
      return NOTHING;
    }
    org.apache.lucene.search.Query within =
        LongField.newRangeQuery(EventJson.TIMESTAMP, times.first(), times.last());
    return new BooleanQuery.Builder()
        .add(translated, Occur.FILTER)
        .add(within, Occur.FILTER)
        .build();
  }

  org.apache.lucene.search.Query translate(Query query) {
    return switch (query) {
      case Query.All all -> EVERYTHING;
      case Query.Words words -> analyzer.phrase(Schema.ALL_TEXT, words.text(), EVERYTHING);
      case Query.Match match -> match(field(match.field()), match.value());
      case Query.Wildcard wildcard -> wildcard(field(wildcard.field()), wildcard.pattern());
      case Query.Exists exists -> exists(field(exists.field()));
      case Query.Range range -> range(field(range.field()), range.from(), range.to());
      case Query.Cidr cidr -> block(field(cidr.field()), cidr.block());
      case Query.And and -> and(and.parts());
      case Query.Or or -> or(or.parts());
      case Query.Not not -> and(List.of(not));
    };
  }

  private org.apache.lucene.search.Query and(List<Query> parts) {
    BooleanQuery.Builder all = builder(parts);
    boolean positive = false;
    for (Query part : parts) {
      if (part instanceof Query.Not not) {
        all.add(translate(not.part()), Occur.MUST_NOT);
      } else {
        all.add(translate(part), Occur.FILTER);
        positive = true;
      }
    }
    return positive ? all.build() : all.add(EVERYTHING, Occur.FILTER).build();
  }

  private org.apache.lucene.search.Query or(List<Query> parts) {
    BooleanQuery.Builder any = builder(parts);
    parts.forEach(part -> any.add(translate(part), Occur.SHOULD));
    return parts.isEmpty() ? NOTHING : any.build();
  }

  private static BooleanQuery.Builder builder(List<Query> parts) {
    if (parts.size() >= IndexSearcher.getMaxClauseCount()) {
      throw Failures.query("too many parts in one query");
    }
    return new BooleanQuery.Builder();
  }

  private org.apache.lucene.search.Query match(SearchField field, String value) {
    return switch (field.type()) {
      case KEYWORD, KEYWORDS, BOOLEAN -> term(field, value);
      case TEXT -> analyzer.phrase(field.name(), value, exists(field));
      case IP -> block(field, value);
      case LONG, TIMESTAMP -> {
        long number = number(field, value);
        yield range(field, number, number);
      }
      case BINARY -> throw unsuited(field);
    };
  }

  private static org.apache.lucene.search.Query term(SearchField field, String value) {
    if (field.name().equals(EventJson.ID)) {
      return new TermQuery(new Term(field.name(), new BytesRef(id(value))));
    }
    if (SearchField.isLabel(field.name())) {
      String term = Schema.labelPrefix(label(field)) + Schema.cut(value);
      return new TermQuery(new Term(Schema.LABELS, term));
    }
    return new TermQuery(new Term(field.name(), Schema.cut(value)));
  }

  private org.apache.lucene.search.Query wildcard(SearchField field, String pattern) {
    if (field.name().equals(EventJson.ID)) {
      throw unsuited(field);
    }
    if (SearchField.isLabel(field.name())) {
      return pattern(Schema.LABELS, escaped(Schema.labelPrefix(label(field))) + pattern);
    }
    return switch (field.type()) {
      case KEYWORD, KEYWORDS -> pattern(field.name(), pattern);
      case TEXT -> pattern(field.name(), analyzer.normalize(field.name(), pattern).utf8ToString());
      case IP, LONG, TIMESTAMP, BOOLEAN, BINARY -> throw unsuited(field);
    };
  }

  private static org.apache.lucene.search.Query pattern(String field, String pattern) {
    try {
      return new WildcardQuery(new Term(field, pattern));
    } catch (TooComplexToDeterminizeException e) {
      throw Failures.query("the pattern is too complex; use fewer stars");
    }
  }

  private static org.apache.lucene.search.Query exists(SearchField field) {
    if (field.isHeader()) {
      return EVERYTHING;
    }
    if (SearchField.isLabel(field.name())) {
      return new PrefixQuery(new Term(Schema.LABELS, Schema.labelPrefix(label(field))));
    }
    return switch (field.type()) {
      case KEYWORD, KEYWORDS, LONG, TIMESTAMP, BOOLEAN -> new FieldExistsQuery(field.name());
      case TEXT, BINARY, IP -> new TermQuery(new Term(Schema.PRESENT, field.name()));
    };
  }

  private static org.apache.lucene.search.Query range(SearchField field, long from, long to) {
    if (field.type() != FieldType.LONG && field.type() != FieldType.TIMESTAMP) {
      throw unsuited(field);
    }
    if (from > to) {
      return NOTHING;
    }
    boolean pointsOnly =
        field.isHeader()
            && !field.name().equals(EventJson.TIMESTAMP)
            && !field.name().equals(SearchField.LEAF);
    return pointsOnly
        ? LongPoint.newRangeQuery(field.name(), from, to)
        : LongField.newRangeQuery(field.name(), from, to);
  }

  private static org.apache.lucene.search.Query block(SearchField field, String text) {
    Optional<IpBlock> block = field.type() == FieldType.IP ? IpBlock.parse(text) : Optional.empty();
    if (block.isEmpty()) {
      throw unsuited(field);
    }
    BytesRef low = new BytesRef(block.get().low());
    BytesRef high = new BytesRef(block.get().high());
    return low.equals(high)
        ? new TermQuery(new Term(field.name(), low))
        : new TermRangeQuery(field.name(), low, high, true, true);
  }

  private static SearchField field(String name) {
    return SearchField.named(name)
        .orElseThrow(() -> Failures.query("the query names an unknown field"));
  }

  private static String label(SearchField field) {
    return field.name().substring(EventJson.LABELS.length());
  }

  private static String escaped(String literal) {
    return literal.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  private static byte[] id(String text) {
    try {
      EventId id = EventId.parse(text);
      return ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
    } catch (IllegalArgumentException e) {
      throw Failures.query("an event id has 32 hexadecimal digits");
    }
  }

  private static long number(SearchField field, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw unsuited(field);
    }
  }

  private static PlatformException unsuited(SearchField field) {
    return Failures.query(field.name() + " cannot be asked this; its type is " + field.type());
  }
}
