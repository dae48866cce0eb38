// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.catalogue.Wording;
import org.junit.jupiter.api.Test;

class IndexFeedsTest {

  private static final Catalogue INDEX = Catalogues.builtIn().get("data-security-index");
  private static final IndexFeeds FEEDS = IndexFeeds.builtIn(INDEX);

  @Test
  void everyIndicatorHasAFeedThatExplainsItsValueAndItsAbsence() {
    for (Catalogue.Item item : INDEX.items()) {
      Feed feed = FEEDS.feed(item.id());

      Feed.Reading absent = feed.read(Optional.empty());
      Feed.Reading read = feed.read(Optional.of(new Counted(2, 3, "q", List.of(7L))));

      assertThat(absent.value()).isNull();
      assertThat(absent.explanation().zh()).as(item.id()).contains("须人工填报");
      assertThat(absent.explanation().en()).contains("entered by hand");
      assertThat(absent.leaves()).isEmpty();
      if (feed.source() == FeedSource.MANUAL) {
        assertThat(read).isEqualTo(absent);
      } else {
        assertThat(read.value()).isEqualByComparingTo("66.66");
        assertThat(read.query()).isEqualTo("q");
        assertThat(read.leaves()).containsExactly(7L);
        assertThat(read.explanation().zh()).doesNotContain("{");
        assertThat(read.explanation().en()).doesNotContain("{");
      }
    }
  }

  @Test
  void saysWhatItCounted() {
    Feed.Reading read =
        FEEDS.feed("audit-coverage").read(Optional.of(new Counted(9, 10, "sources", List.of())));

    assertThat(read.value()).isEqualByComparingTo("90");
    assertThat(read.explanation())
        .isEqualTo(
            new Wording(
                "10 个日志来源中有 9 个收到过日志且未静默。",
                "9 of 10 sources of logs have been heard and are not silent."));
  }

  @Test
  void nothingToCountIsNoValueAndNotQuiteAllIsNotAHundred() {
    Feed feed = FEEDS.feed("supervision-rectified");

    assertThat(feed.read(Optional.of(new Counted(0, 0, "q", List.of()))).value()).isNull();
    assertThat(feed.read(Optional.of(new Counted(0, 5, "q", List.of()))).value()).isZero();
    assertThat(feed.read(Optional.of(new Counted(99_999, 100_000, "q", List.of()))).value())
        .isEqualByComparingTo("99.99");
  }

  @Test
  void refusesFeedsThatMissAnIndicatorOrCountNothingThereIs() {
    refused("feeds: x/1\ncatalogue: data-security-index\nperiod: month\nindicators: []\n");
    refused("feeds: x/1\ncatalogue: other\nperiod: month\nindicators: []\n");
    refused("feeds: [\n");
    refused(
        """
        feeds: x/1
        catalogue: data-security-index
        period: month
        indicators:
          - {indicator: audit-gaps, source: guess, absent: {zh: a, en: b}}
        """);
  }

  @Test
  void periodsAreQuartersOrMonths() {
    LocalDate day = LocalDate.of(2026, 11, 28);

    IndexPeriod quarter = IndexPeriod.of(IndexPeriod.Length.QUARTER, day);

    assertThat(quarter)
        .isEqualTo(
            new IndexPeriod("2026-Q4", LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31)));
    assertThat(IndexPeriod.parse("2026-Q4")).isEqualTo(quarter);
    assertThat(IndexPeriod.of(IndexPeriod.Length.MONTH, day))
        .isEqualTo(IndexPeriod.parse("2026-11"));
    assertThat(quarter.contains(LocalDate.of(2027, 1, 1))).isFalse();
    assertThatThrownBy(() -> IndexPeriod.parse("2026-Q5"))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.PERIOD_INVALID));
  }

  private static void refused(String yaml) {
    assertThatThrownBy(() -> IndexFeeds.of(yaml, INDEX))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.FEEDS_INVALID));
  }
}
