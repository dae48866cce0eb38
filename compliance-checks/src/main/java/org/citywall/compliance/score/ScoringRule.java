// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.jspecify.annotations.Nullable;

/** One version of one rule. Pure: the same assessment gives the same score. */
sealed interface ScoringRule<T> permits Djbh2021, Djbh2025, Miping, CityIndex {

  /** Name and version, as it is printed. */
  String rule();

  /** What it scores. */
  Class<T> input();

  Score score(T assessment);

  /** What was not checked against the official text, in Chinese; null where the rule has none. */
  @Nullable List<String> toBeConfirmedZh();

  /** Such a list, complete or not there at all. */
  static @Nullable List<String> inChinese(@Nullable List<String> chinese, List<String> english) {
    if (chinese != null && chinese.size() != english.size()) {
      throw new PlatformException(
          ComplianceErrorCode.RULE_INVALID,
          "to-be-confirmed-zh: must have as many entries as to-be-confirmed");
    }
    return chinese == null ? null : List.copyOf(chinese);
  }
}
