// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.QueryTime;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.index.lucene.ReadOnlyIndex;
import org.citywall.audit.log.LogReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds events by the index and shows them as the log has them. */
@Command(
    name = "search",
    description = "Find events in a data folder, newest first, also while a server writes it.",
    mixinStandardHelpOptions = true,
    footer = "The query language is described in docs/reference/query.md.")
final class SearchCommand implements Callable<Integer> {

  private static final int PAGE = 500;

  private final Clock machineClock;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "first time: 2026-01-31, 2026-01-31T10:15:00Z, or -24h")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "T", description = "end: a time of day, or a last day")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "most events to show (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "zone of times without an offset (default: ${DEFAULT-VALUE})")
  @SuppressWarnings("NullAway.Init")
  private ZoneId zone;

  @Option(names = "--json", description = "print one JSON object per event")
  private boolean json;

  @Parameters(paramLabel = "QUERY", arity = "1..*", description = "for example user.name:zhang")
  @SuppressWarnings("NullAway.Init")
  private List<String> query;

  SearchCommand() {
    this(Clock.systemUTC());
  }

  SearchCommand(Clock machineClock) {
    this.machineClock = machineClock;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(spec.commandLine(), "--limit must be at least 1");
    }
    Clock clock = machineClock.withZone(zone);
    Query parsed = new QueryParser(clock).parse(String.join(" ", query));
    TimeRange range = range(clock);
    try (LogReader log = LogAccess.reading(data);
        ReadOnlyIndex index = LuceneIndex.openReadOnly(data.resolve("index"))) {
      SearchPage page = show(log, index, parsed, range);
      report(page, log.size());
    }
    return 0;
  }

  /** Prints hits page by page; the first page has the total. */
  private SearchPage show(LogReader log, ReadOnlyIndex index, Query parsed, TimeRange range) {
    PrintWriter out = spec.commandLine().getOut();
    EventWriter writer = json ? new EventLines(out) : new EventTable(out, zone);
    SearchPage first = page(index, parsed, range, limit, null);
    SearchPage page = first;
    int left = limit;
    while (!page.hits().isEmpty()) {
      for (SearchHit hit : page.hits()) {
        writer.write(log.read(hit.leaf()));
      }
      left -= page.hits().size();
      page = left == 0 ? end(page) : page(index, parsed, range, left, page.hits().getLast());
    }
    out.flush();
    return first;
  }

  private static SearchPage page(
      ReadOnlyIndex index, Query query, TimeRange range, int left, @Nullable SearchHit after) {
    return index.search(new SearchRequest(query, range, Math.min(PAGE, left), after));
  }

  private static SearchPage end(SearchPage last) {
    return new SearchPage(List.of(), last.total(), last.totalIsExact(), last.asOfLeaf());
  }

  private void report(SearchPage page, long logSize) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%s%d events match, as of leaf %d of %d%n",
        page.totalIsExact() ? "" : "at least ",
        page.total(),
        page.asOfLeaf(),
        logSize);
    if (page.asOfLeaf() < logSize) {
      err.printf(
          Locale.ROOT,
          "warning: the index lags behind the log; the last %d entries were not searched%n",
          logSize - page.asOfLeaf());
    }
    err.flush();
  }

  private TimeRange range(Clock clock) {
    Instant first =
        from == null ? TimeRange.ALL.from() : Micros.toInstant(QueryTime.parse(from, clock).from());
    Instant end = to == null ? TimeRange.ALL.to() : end(QueryTime.parse(to, clock));
    if (end.isBefore(first)) {
      throw new ParameterException(spec.commandLine(), "--to is before --from");
    }
    return new TimeRange(first, end);
  }

  /** A day is meant to its end, a time of day to its beginning. */
  private static Instant end(QueryTime time) {
    return time.isDay()
        ? Micros.toInstant(time.to()).plusNanos(1000)
        : Micros.toInstant(time.from());
  }
}
