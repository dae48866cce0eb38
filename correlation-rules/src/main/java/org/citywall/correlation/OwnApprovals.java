// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Trail.Mark;

/**
 * Watches grants that were approved by who asked for them or who uses them (scenario 32). In an
 * emergency somebody else approves afterwards: so a few rows wait for that for a day, and many do
 * not.
 */
final class OwnApprovals implements Watch {

  private static final String PREFIX = "w/own-approval/";
  private static final int MOST = 200;
  private static final long TOLD = 0;

  private final RuleMetadata rule;
  private final long patience;
  private final long window;
  private final KeyedState<Trail> grants;

  /** Nothing is due before; earlier than it is does no harm. */
  private long due = Long.MIN_VALUE;

  OwnApprovals(RuleMetadata rule, EngineOptions options, Map<String, String> lasting) {
    this.rule = rule;
    patience = rule.duration("afterwards").toNanos() / 1000;
    window = rule.duration("window").toNanos() / 1000;
    grants = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("window")));
    LastingPieces.read(lasting, PREFIX, Trail.Piece.class).stream()
        .sorted(Comparator.comparingLong(Trail.Piece::touched).thenComparing(Trail.Piece::key))
        .forEach(piece -> grants.restore(piece.key(), new Trail(piece), piece.touched()));
  }

  @Override
  public Set<FactKind> kinds() {
    return Set.of(FactKind.ACCESS, FactKind.IDENTITY);
  }

  @Override
  public void see(Fact fact, ContextIndex context, Crossings out) {
    settle(fact.micros(), out);
    if (fact.isAction("grant-approved")) {
      approve(fact);
    } else if (fact.is(FactKind.ACCESS)
        && isOwn(fact)
        && !fact.text(Field.GOV_DECISION).equals("deny")) {
      fact.texts(Field.GOV_GRANT_ID).forEach(grant -> use(grant, fact, out));
    }
  }

  static boolean isOwn(Fact fact) {
    List<String> requesters = fact.texts(Field.GOV_GRANT_REQUESTER);
    return fact.texts(Field.GOV_GRANT_APPROVER).stream()
        .anyMatch(who -> who.equals(fact.account()) || requesters.contains(who));
  }

  private void use(String grant, Fact fact, Crossings out) {
    Trail trail = grants.touch(Bounded.of(grant), fact.clock(), Trail::new);
    trail.add(
        new Mark(fact.micros(), fact.leaf(), fact.account(), fact.rows(), false), window, MOST);
    due = Math.min(due, fact.micros() + patience);
    if (trail.number(TOLD, 0) > 0 || trail.sum() > rule.number("at-once")) {
      tell(trail, out);
    }
  }

  private void approve(Fact fact) {
    for (String grant : fact.texts(Field.GOV_GRANT_ID)) {
      Trail trail = grants.peek(Bounded.of(grant));
      if (trail != null
          && fact.texts(Field.GOV_APPROVERS).stream()
              .anyMatch(who -> trail.marks().stream().noneMatch(m -> m.text().equals(who)))) {
        grants.remove(Bounded.of(grant));
      }
    }
  }

  /** Tells of what nobody else has approved by now. */
  private void settle(long now, Crossings out) {
    if (now < due) {
      return;
    }
    long next = Long.MAX_VALUE;
    List<Trail> over = new ArrayList<>();
    for (Trail trail : trails()) {
      if (trail.number(TOLD, 0) == 0) {
        long end = trail.marks().getFirst().micros() + patience;
        if (end <= now) {
          over.add(trail);
        } else {
          next = Math.min(next, end);
        }
      }
    }
    due = next;
    over.forEach(trail -> tell(trail, out));
  }

  private List<Trail> trails() {
    List<Trail> all = new ArrayList<>();
    grants.forEach((grant, trail) -> all.add(trail));
    return all;
  }

  private void tell(Trail trail, Crossings out) {
    trail.put(TOLD, 1);
    Mark first = trail.marks().getFirst();
    Mark last = trail.last();
    out.signals()
        .accept(
            new Signal.Crossing(
                rule.id(),
                "own",
                last.text(),
                "user:" + last.text(),
                Micros.toInstant(last.micros()),
                Micros.toInstant(first.micros()),
                trail.take(last.leaf(), List.of()),
                List.of(last.text()),
                new TreeMap<>(
                    Map.of(
                        "account",
                        last.text(),
                        "approver",
                        last.text(),
                        "grants",
                        trail.key(),
                        "rows",
                        Long.toString(trail.sum()),
                        "afterwards",
                        rule.duration("afterwards").toString()))));
  }

  @Override
  public void forget(LongPredicate destroyed) {
    grants.removeIf(trail -> trail.forget(destroyed));
  }

  @Override
  public void expire(long clock) {
    grants.expire(clock);
  }

  @Override
  public void pieces(LastingPieces pieces) {
    grants.forEach((grant, trail) -> pieces.add(PREFIX + trail.name(), trail));
  }

  @Override
  public int size() {
    return grants.size();
  }

  @Override
  public long evictions() {
    return grants.evictions();
  }
}
