// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A risk that remains after compensating measures.
 *
 * @param item item or unit it comes from
 */
public record Risk(@Nullable String item, RiskGrade grade, @Nullable String note) {

  public Risk {
    Invalid.unless(grade != null, "risks", "a risk has no grade");
  }

  /** Whether one of this grade or above is among them. */
  static boolean remains(List<Risk> risks, RiskGrade from) {
    return risks.stream().anyMatch(risk -> risk.grade().compareTo(from) >= 0);
  }
}
