// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A round in which a system is assessed.
 *
 * @param round counts the system's rounds from 1
 * @param cover date on the report's cover, which decides which rules a report follows
 * @param attention share of the technical side in the score of 2021, 0..1
 * @param frameworks id and version of each, in the order chosen
 * @param scores what it came to when it was closed, as JSON; null while it is open
 */
public record Assessment(
    AssessmentId id,
    SystemId system,
    int round,
    LocalDate cover,
    BigDecimal attention,
    List<String> frameworks,
    Instant begunAt,
    String begunBy,
    @Nullable Instant closedAt,
    @Nullable String closedBy,
    @Nullable String scores) {

  public Assessment {
    frameworks = List.copyOf(frameworks);
  }

  public boolean open() {
    return closedAt == null;
  }
}
