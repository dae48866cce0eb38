// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What an assessor says of items.
 *
 * @param outcome conform, partial, nonconform, not applicable, or untested to take back
 * @param applicability needed where it does not apply
 */
public record Settlement(
    Result outcome,
    String comment,
    @Nullable Applicability applicability,
    @Nullable BigDecimal value,
    @Nullable Crypto crypto,
    @Nullable LocalDate evidenceUntil) {

  private static final int MAX_COMMENT = 4000;
  private static final BigDecimal MOST = BigDecimal.valueOf(100);

  /** An outcome with nothing else to say. */
  public static Settlement of(Result outcome, String comment) {
    return new Settlement(outcome, comment, null, null, null, null);
  }

  /** Fails with {@code CON-0063} where it is not one that a person can give. */
  void require(Actor actor) {
    boolean byPerson =
        switch (outcome) {
          case CONFORM, PARTIAL, NONCONFORM, NOT_APPLICABLE, UNTESTED -> true;
          case ERROR, EVIDENCE_EXPIRED -> false;
        };
    demand(byPerson, "error and expired evidence are found, not said");
    demand(comment.length() <= MAX_COMMENT, "the comment is too long");
    demand(value == null || value.signum() >= 0 && value.compareTo(MOST) <= 0, "a value is 0..100");
    if (outcome == Result.NOT_APPLICABLE) {
      Applicability why = applicability;
      demand(why != null && !why.reason().isBlank(), "a reason is missing");
      demand(why != null && !why.approver().isBlank(), "an approver is missing");
      demand(why == null || !why.approver().equals(actor.user()), "nobody approves their own");
    }
    demand(
        crypto == null
            || !crypto.effective()
            || crypto.compliant()
            || crypto.strength() != null && crypto.strength() >= 0,
        "the strength of an algorithm that does not conform is missing");
  }

  private static void demand(boolean holds, String what) {
    if (!holds) {
      throw new PlatformException(ConsoleErrorCode.SETTLEMENT_INVALID, what);
    }
  }
}
