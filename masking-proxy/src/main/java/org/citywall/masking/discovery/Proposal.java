// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.List;
import org.citywall.masking.policy.TableName;

/**
 * How a column might be graded. Nobody has decided it.
 *
 * @param confidence 1 to 99, not a probability: by what was found and how much of it
 * @param reasons for people; names, types and shares, never values
 */
public record Proposal(
    TableName table,
    LiveColumn column,
    String category,
    int level,
    int confidence,
    List<String> reasons) {

  public Proposal {
    reasons = List.copyOf(reasons);
  }
}
