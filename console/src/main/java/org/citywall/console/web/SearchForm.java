// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.event.Micros;
import org.citywall.audit.index.QueryTime;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.TimeRange;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What somebody looks for, exactly as the address says it, so that the address is the saved view.
 *
 * @param q query
 * @param span how far back from now, for example {@code 24h}; without meaning where from is given
 * @param from beginning of the range, or empty
 * @param to end of the range, or empty for now
 * @param field field whose values are counted beside the results, or empty
 * @param after last hit of the page before: {@code micros.leaf}
 * @param ticks whether the clock's own entries are listed too
 */
public record SearchForm(
    @Nullable String q,
    @Nullable String span,
    @Nullable String from,
    @Nullable String to,
    @Nullable String field,
    @Nullable String after,
    @Nullable Boolean ticks) {

  /** As pages show a time and as {@link #range} reads one. */
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  static final List<String> SPANS = List.of("15m", "1h", "24h", "7d", "30d", "365d");

  /** Buckets of the histogram are at most so many, and as long as one of these. */
  private static final int BUCKETS = 100;

  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(365));

  public boolean isWithTicks() {
    return ticks != null && ticks;
  }

  public String getText() {
    return q == null ? "" : q.strip();
  }

  /** The span that counts: the one given, or a day where the range is not given either. */
  public String getChosen() {
    if (from != null && !from.isBlank()) {
      return "";
    }
    return span != null && SPANS.contains(span) ? span : "24h";
  }

  /**
   * The range meant. A range relative to now ends at a whole step, so that bars do not jitter.
   * Fails with {@code AUD-0030} where a time cannot be read.
   */
  TimeRange range(Clock clock) {
    String relative = getChosen();
    if (relative.isEmpty()) {
      Instant start = time(String.valueOf(from), clock);
      Instant end = to == null || to.isBlank() ? clock.instant() : time(to, clock);
      return end.isAfter(start)
          ? new TimeRange(start, end)
          : new TimeRange(start, start.plusSeconds(1));
    }
    Instant now = clock.instant();
    Instant start = Micros.toInstant(QueryTime.parse("-" + relative, clock).from());
    long step = step(Duration.between(start, now)).toSeconds();
    long offset = clock.getZone().getRules().getOffset(now).getTotalSeconds();
    return new TimeRange(
        Instant.ofEpochSecond(floor(start.getEpochSecond() + offset, step) - offset),
        Instant.ofEpochSecond(floor(now.getEpochSecond() + offset, step) + step - offset));
  }

  static Duration step(Duration span) {
    for (Duration step : STEPS) {
      if (step.multipliedBy(BUCKETS).compareTo(span) >= 0) {
        return step;
      }
    }
    return STEPS.getLast().multipliedBy(Math.max(1, span.toDays() / 365 / BUCKETS));
  }

  /** The field whose values are wanted, if it has values that can be counted. */
  Optional<Field> termsField() {
    return field == null ? Optional.empty() : Field.named(field).filter(SearchForm::countable);
  }

  static boolean countable(Field field) {
    return field.type() == FieldType.KEYWORD
        || field.type() == FieldType.KEYWORDS
        || field.type() == FieldType.IP;
  }

  @Nullable SearchHit afterHit() {
    if (after == null || !after.matches("-?[0-9]{1,18}\\.[0-9]{1,18}")) {
      return null;
    }
    int dot = after.indexOf('.');
    return new SearchHit(
        Long.parseLong(after.substring(dot + 1)), Long.parseLong(after.substring(0, dot)));
  }

  /** Address of this search, from its first page on. */
  public String getLink() {
    return builder(q, span, from, to).build(true).toUriString();
  }

  /** Address of the next page behind this hit. */
  String next(SearchHit hit) {
    return builder(q, span, from, to)
        .queryParam("after", hit.timestampMicros() + "." + hit.leaf())
        .build(true)
        .toUriString();
  }

  /** Address of the same question within another range, which is written in local time. */
  String within(Instant start, Instant end, ZoneId zone) {
    return build(q, null, SECONDS.format(start.atZone(zone)), SECONDS.format(end.atZone(zone)));
  }

  /** Address of this search narrowed by a further condition. */
  String and(String condition) {
    String text = getText();
    return build(text.isEmpty() ? condition : "(" + text + ") AND " + condition, span, from, to);
  }

  /** Address of the export. */
  public String getExport() {
    return getLink().replaceFirst("^/search", "/search.csv");
  }

  /** Address of the export for a spreadsheet that needs to be told the encoding. */
  public String getExportBom() {
    return getExport() + (getExport().contains("?") ? "&" : "?") + "bom=true";
  }

  private String build(
      @Nullable String query, @Nullable String span, @Nullable String from, @Nullable String to) {
    return builder(query, span, from, to).build(true).toUriString();
  }

  private UriComponentsBuilder builder(
      @Nullable String query, @Nullable String span, @Nullable String from, @Nullable String to) {
    UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/search");
    add(uri, "q", query);
    add(uri, "span", span);
    add(uri, "from", from);
    add(uri, "to", to);
    add(uri, "field", field);
    add(uri, "ticks", isWithTicks() ? "true" : null);
    return uri;
  }

  // Encoded here because values may hold braces, which a template would take for its own.
  private static void add(UriComponentsBuilder uri, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      uri.queryParam(
          name, java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** A blank between date and time, as pages show it, is as good as the T of ISO 8601. */
  private static Instant time(String text, Clock clock) {
    String exact = text.strip().replaceFirst("(?<=\\d) +(?=\\d)", "T");
    return Micros.toInstant(QueryTime.parse(exact, clock).from());
  }

  private static long floor(long value, long step) {
    return Math.floorDiv(value, step) * step;
  }
}
