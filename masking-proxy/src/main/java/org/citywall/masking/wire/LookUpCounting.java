// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.sql.LookUp;
import org.citywall.masking.sql.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has values that statements look up counted before they leave; the client's next message waits.
 * What is bound to a portal is counted when it is bound, since a portal runs at most once. Confined
 * to the session's event loop.
 */
final class LookUpCounting {

  private static final Logger LOG = LoggerFactory.getLogger(LookUpCounting.class);
  private static final byte[] NO_TYPES = new byte[2];

  private final Session session;
  private final LookUpBook book;
  private final Principal principal;
  private final boolean enforces;

  LookUpCounting(Session session, LookUpBook book, Principal principal, boolean enforces) {
    this.session = session;
    this.book = book;
    this.principal = principal;
    this.enforces = enforces;
  }

  /** A verdict, refused by now where what it looks up could not be counted. */
  record Counted(Prepared.Judged judged, List<LookUpTrace> traces) {}

  /** Counts what a simple query looks up, and goes on. */
  void count(Prepared.Judged judged, Consumer<Counted> then) {
    count(judged, BoundValues.NONE, NO_TYPES, then);
  }

  /**
   * Counts what a statement looks up with the values of a Bind, and goes on.
   *
   * @param bind its body behind the names of portal and statement
   */
  void count(Prepared prepared, ByteBuf bind, Consumer<Counted> then) {
    count(prepared.judged(), BoundValues.read(bind), prepared.types(enforces), then);
  }

  private void count(
      Prepared.Judged judged, BoundValues values, byte[] types, Consumer<Counted> then) {
    List<LookUp> lookUps = lookUps(judged);
    if (lookUps.isEmpty()) {
      then.accept(new Counted(judged, List.of()));
      return;
    }
    List<LookedUp> lookedUp = new ArrayList<>();
    for (LookUp lookUp : lookUps) {
      Optional<String> value = values.value(lookUp, types).filter(lookUp::isWhole);
      if (value.isEmpty()) {
        then.accept(refused(judged, MaskingErrorCode.LOOK_UP_VALUE_REFUSED, named(lookUp.right())));
        return;
      }
      lookedUp.add(new LookedUp(lookUp.right(), Sensitive.of(lookUp.canonical(value.get()))));
    }
    session.hold();
    book.count(principal.access(judged.said().own()), lookedUp)
        .whenComplete(
            (outcome, failure) ->
                session
                    .client()
                    .eventLoop()
                    .execute(
                        () -> session.goOn(() -> then.accept(counted(judged, outcome, failure)))));
  }

  /** Whether binding the statement looks something up. */
  boolean isOf(Prepared prepared) {
    return !lookUps(prepared.judged()).isEmpty();
  }

  private List<LookUp> lookUps(Prepared.Judged judged) {
    return enforces ? judged.lookUps() : List.of();
  }

  private static Counted counted(
      Prepared.Judged judged, LookUpBook.@Nullable Outcome outcome, @Nullable Throwable failure) {
    return switch (outcome) {
      case LookUpBook.Outcome.Counted(var traces) -> new Counted(judged, traces);
      case LookUpBook.Outcome.Spent(var right, var refill) ->
          refused(
              judged,
              MaskingErrorCode.LOOK_UP_BUDGET_SPENT,
              named(right) + ", " + right.values() + " values; again from " + refill);
      case null -> {
        LOG.atError().setCause(failure).log("look-ups could not be counted");
        yield refused(judged, MaskingErrorCode.USAGE_UNAVAILABLE, "the look-up was not counted");
      }
    };
  }

  private static String named(LookUpRight right) {
    return right.table() + "." + right.column();
  }

  private static Counted refused(Prepared.Judged judged, MaskingErrorCode code, String reason) {
    return new Counted(judged.refused(new Verdict.Refused(code, reason, -1)), List.of());
  }
}
