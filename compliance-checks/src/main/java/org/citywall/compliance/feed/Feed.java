// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.citywall.compliance.catalogue.Wording;
import org.jspecify.annotations.Nullable;

/**
 * Where one indicator takes its value from.
 *
 * @param says the sentence that explains a value; null for a manual feed
 * @param absent why there is no value
 */
public record Feed(String indicator, FeedSource source, @Nullable Wording says, Wording absent) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * What a feed came to.
   *
   * @param value 0..100 with two decimals; null where the platform cannot tell
   * @param query what was counted; empty where nothing was
   * @param leaves entries of the log that it rests on
   */
  public record Reading(
      @Nullable BigDecimal value, Wording explanation, String query, List<Long> leaves) {

    public Reading {
      leaves = List.copyOf(leaves);
    }
  }

  /** The share that was counted; no value where nothing was, or there was nothing to count. */
  public Reading read(Optional<Counted> counted) {
    if (says == null || counted.isEmpty() || counted.get().of() == 0) {
      return new Reading(null, absent, "", List.of());
    }
    Counted told = counted.get();
    // Rounded down: what is not whole never reads as 100.
    BigDecimal value =
        BigDecimal.valueOf(told.good())
            .multiply(HUNDRED)
            .divide(BigDecimal.valueOf(told.of()), 2, RoundingMode.DOWN);
    return new Reading(value, filled(says, told, value), told.query(), told.leaves());
  }

  private static Wording filled(Wording says, Counted told, BigDecimal value) {
    String en = says.en();
    return new Wording(filled(says.zh(), told, value), en == null ? null : filled(en, told, value));
  }

  private static String filled(String text, Counted told, BigDecimal value) {
    return text.replace("{good}", Long.toString(told.good()))
        .replace("{of}", Long.toString(told.of()))
        .replace("{percent}", value.toPlainString());
  }
}
