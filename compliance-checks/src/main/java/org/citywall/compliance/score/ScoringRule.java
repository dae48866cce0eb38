// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

/** One version of one rule. Pure: the same assessment gives the same score. */
sealed interface ScoringRule<T> permits Djbh2021, Djbh2025, Miping, CityIndex {

  /** Name and version, as it is printed. */
  String rule();

  /** What it scores. */
  Class<T> input();

  Score score(T assessment);
}
