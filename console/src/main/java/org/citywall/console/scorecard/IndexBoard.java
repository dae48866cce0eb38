// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.compliance.score.Score;
import org.jspecify.annotations.Nullable;

/**
 * The index in one period.
 *
 * @param version rises with every change; 0 while nothing is recorded
 * @param values in the order of the index; those without are not recorded yet
 * @param score what the values come to
 * @param report JSON with all of it; of a signed period as it was signed
 * @param digest SHA-256 of the report of a signed period, or null
 */
public record IndexBoard(
    IndexPeriod period,
    Catalogue index,
    State state,
    long version,
    List<IndexValue> values,
    Score score,
    @Nullable String preparedBy,
    @Nullable Instant preparedAt,
    @Nullable String signedBy,
    @Nullable Instant signedAt,
    String report,
    @Nullable String digest) {

  /** How far a period is. */
  public enum State {
    OPEN,
    /** One person has prepared it; it waits for another. */
    PREPARED,
    /** Signed by another person; nothing changes any more. */
    FROZEN
  }

  public IndexBoard {
    values = List.copyOf(values);
  }

  public Optional<IndexValue> value(String indicator) {
    return values.stream().filter(value -> value.indicator().equals(indicator)).findFirst();
  }

  /** The score as a page shows it. */
  public String figure() {
    return figure(index.items(), score.score());
  }

  /** What a dimension came to, as a page shows it. */
  public String figure(Catalogue.Group dimension) {
    List<Catalogue.Item> items =
        dimension.controls().stream().flatMap(c -> c.items().stream()).toList();
    return figure(items, score.parts().get(dimension.id()));
  }

  // What has no value yet counts as nothing: the sum of some is the least that it can come to.
  private String figure(List<Catalogue.Item> items, @Nullable Object points) {
    long settled = items.stream().filter(item -> isSettled(item.id())).count();
    if (settled == 0 || points == null) {
      return "–";
    }
    return (settled < items.size() ? "≥ " : "") + points;
  }

  private boolean isSettled(String indicator) {
    return value(indicator)
        .map(value -> value.reached() != null || !value.applicable())
        .orElse(false);
  }
}
