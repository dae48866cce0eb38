// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.citywall.audit.index.HistogramRequest;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFormTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-22T04:07:09Z"), ZoneId.of("Asia/Shanghai"));

  @ParameterizedTest
  @ValueSource(strings = {"15m", "1h", "24h", "7d", "30d", "365d"})
  void coversASpanWithBarsThatEndOnWholeSteps(String span) {
    TimeRange range = form(null, span, null, null).range(NOON);
    Duration length = Duration.between(range.from(), range.to());
    Duration step = SearchForm.step(length);

    assertThat(range.to()).isAfter(NOON.instant());
    assertThat(length.dividedBy(step)).isBetween(10L, (long) HistogramRequest.MAX_BUCKETS - 1);
    assertThat(step.multipliedBy(length.dividedBy(step))).isEqualTo(length);
  }

  @Test
  void readsLocalTimesInTheConsolesZone() {
    TimeRange range = form(null, null, "2026-11-22T08:00:00", "2026-11-22T09:00:00").range(NOON);

    assertThat(range.from()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(range.to()).isEqualTo("2026-11-22T01:00:00Z");
  }

  @Test
  void writesAndReadsTimesAsPagesShowThem() {
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    String link =
        form("x", "7d", null, null)
            .within(
                Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2026-11-22T00:10:00Z"), zone);

    assertThat(link)
        .isEqualTo("/search?q=x&from=2026-11-22+08%3A00%3A00&to=2026-11-22+08%3A10%3A00");
    assertThat(form(null, null, "2026-11-22 08:00:00", "2026-11-22 09:00").range(NOON))
        .isEqualTo(
            new TimeRange(
                Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2026-11-22T01:00:00Z")));
  }

  @Test
  void keepsTheWholeQuestionInItsAddress() {
    SearchForm form = form("user.name:\"a&b {x}\" + 张", "7d", null, null);

    assertThat(form.getLink())
        .isEqualTo("/search?q=user.name%3A%22a%26b+%7Bx%7D%22+%2B+%E5%BC%A0&span=7d");
    assertThat(form.next(new SearchHit(12, -34))).isEqualTo(form.getLink() + "&after=-34.12");
    assertThat(form.getExport()).startsWith("/search.csv?q=");
  }

  @Test
  void resumesBehindTheLastHit() {
    assertThat(new SearchForm(null, null, null, null, null, "-34.12", null).afterHit())
        .isEqualTo(new SearchHit(12, -34));
    assertThat(new SearchForm(null, null, null, null, null, "x.y", null).afterHit()).isNull();
  }

  @Test
  void countsOnlyFieldsThatHaveCountableValues() {
    assertThat(new SearchForm(null, null, null, null, "user.name", null, null).termsField())
        .isPresent();
    assertThat(new SearchForm(null, null, null, null, "message", null, null).termsField())
        .isEmpty();
    assertThat(new SearchForm(null, null, null, null, "nonsense", null, null).termsField())
        .isEmpty();
  }

  private static SearchForm form(
      @Nullable String q, @Nullable String span, @Nullable String from, @Nullable String to) {
    return new SearchForm(q, span, from, to, null, null, null);
  }
}
