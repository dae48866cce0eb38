// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.Histogram;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.QueryException;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.QueryPrinter;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.config.ConsoleRuntime;
import org.springframework.stereotype.Component;

/** Asks the index and reads what it found from the log. */
@Component
final class Searches {

  static final int PAGE = 50;
  private static final int TERMS = 12;
  private static final Query TICKS =
      new Query.Match(SearchField.KIND, EntryKind.TICK.name().toLowerCase(Locale.ROOT));
  private static final int CHART_HEIGHT = 120;

  private final EvidenceLog log;
  private final IndexAccess index;
  private final Clock clock;
  private final ZoneId zone;
  private final QueryParser parser;

  Searches(ConsoleRuntime runtime, IndexAccess index) {
    this.log = runtime.log();
    this.index = index;
    this.zone = runtime.zone();
    this.clock = runtime.clock().withZone(zone);
    this.parser = new QueryParser(clock);
  }

  /** A form understood. */
  record Question(Query query, TimeRange range) {}

  /** The query and range of a form; {@link QueryException} or {@code AUD-0030}. */
  Question question(SearchForm form) {
    return new Question(query(form), form.range(clock));
  }

  // The clock's own entries outnumber everything else where little happens, and say nothing.
  private Query query(SearchForm form) {
    Query asked = parser.parse(form.getText());
    return form.isWithTicks() || form.getText().contains(SearchField.KIND)
        ? asked
        : new Query.And(List.of(asked, new Query.Not(TICKS)));
  }

  /** Events of the last day, over time; each bar leads to its events. */
  Chart lastDay(Locale locale) {
    SearchForm form = new SearchForm(null, "24h", null, null, null, null, null);
    return chart(question(form), form, new Display(locale, zone));
  }

  SearchView search(SearchForm form, Locale locale) {
    Question question;
    try {
      question = question(form);
    } catch (QueryException e) {
      return SearchView.failed(
          SearchView.Problem.at(e.code().id(), e.position(), e.problem(), form.getText()));
    } catch (PlatformException e) {
      if (e.code() != AuditErrorCode.QUERY_INVALID) {
        throw e;
      }
      return SearchView.failed(SearchView.Problem.ofTime(e.code().id()));
    }
    SearchPage page = page(question, PAGE, form);
    return new SearchView(
        null,
        question.range(),
        chart(question, form, new Display(locale, zone)),
        page.hits().stream().map(hit -> EventLine.of(log.read(hit.leaf()))).toList(),
        page.total(),
        page.totalIsExact(),
        page.hits().size() < PAGE ? null : form.next(page.hits().getLast()),
        form.termsField().map(field -> terms(question, field, form)).orElse(List.of()),
        page.asOfLeaf());
  }

  private SearchPage page(Question question, int limit, SearchForm form) {
    return index.search(
        new SearchRequest(question.query(), question.range(), limit, form.afterHit()));
  }

  private Chart chart(Question question, SearchForm form, Display display) {
    TimeRange range = question.range();
    Duration step = SearchForm.step(Duration.between(range.from(), range.to()));
    Histogram histogram = index.histogram(new HistogramRequest(question.query(), range, step));
    return new ChartMaker(display, zone, CHART_HEIGHT)
        .bars(histogram, (from, to) -> form.within(from, to, zone));
  }

  private List<SearchView.Term> terms(Question question, Field field, SearchForm form) {
    return index.terms(question.query(), question.range(), field, TERMS).stream()
        .map(
            term ->
                new SearchView.Term(
                    Legible.line(term.value()),
                    term.count(),
                    form.and(QueryPrinter.print(new Query.Match(field.fieldName(), term.value())))))
        .toList();
  }
}
