// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.index.lucene.ReadOnlyIndex;
import org.citywall.audit.log.LogReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private TimeOptions times = new TimeOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "most events to show (default: ${DEFAULT-VALUE})")
  private int limit;

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
    Clock clock = machineClock.withZone(times.zone());
    Query parsed = new QueryParser(clock).parse(String.join(" ", query));
    TimeRange range = times.range(clock);
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
    EventWriter writer = json ? new EventLines(out) : new EventTable(out, times.zone());
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
}
