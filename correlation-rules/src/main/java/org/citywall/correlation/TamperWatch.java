// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;
import org.citywall.correlation.Trail.Mark;

/**
 * Scenario 38: a rule is switched off or made narrower without a second officer, and within a day
 * what it looks for happens, or who did it takes sensitive rows.
 */
final class TamperWatch implements Watch {

  private static final String PREFIX = "w/tamper/";

  private final RuleMetadata rule;
  private final long window;
  private final KeyedState<Trail> rules;

  TamperWatch(RuleMetadata rule, EngineOptions options, Map<String, String> lasting) {
    this.rule = rule;
    window = rule.duration("window").toNanos() / 1000;
    rules = new KeyedState<>(options.maxKeys(), options.idleMicros(rule.duration("window")));
    LastingPieces.read(lasting, PREFIX, Trail.Piece.class).stream()
        .sorted(Comparator.comparingLong(Trail.Piece::touched).thenComparing(Trail.Piece::key))
        .forEach(piece -> rules.restore(piece.key(), new Trail(piece), piece.touched()));
  }

  @Override
  public Set<FactKind> kinds() {
    return Set.of(FactKind.RULE_CHANGE, FactKind.ACCESS);
  }

  @Override
  public void see(Fact fact, ContextIndex context, Crossings out) {
    if (fact.is(FactKind.RULE_CHANGE)) {
      change(fact);
    } else if (fact.level() >= rule.number("level") && fact.rows() >= rule.number("rows")) {
      rules.forEach(
          (id, trail) -> {
            if (officers(trail, fact.micros()).contains(fact.account())) {
              out.of(rule, "actor", fact, trail)
                  .group(id + ' ' + fact.account())
                  .entry(new Mark(fact.micros(), fact.leaf(), "", 0, false))
                  .with("rule", id)
                  .with("rows", fact.rows())
                  .with("table", fact.table())
                  .with("window", rule.duration("window"))
                  .emit();
            }
          });
    }
  }

  private void change(Fact fact) {
    String id = Bounded.of(fact.text(Field.RULE_ID));
    boolean approved =
        fact.texts(Field.GOV_APPROVERS).stream().anyMatch(who -> !who.equals(fact.account()));
    // What another officer approved of later does not approve of this.
    if (fact.isAction("rule-enabled")) {
      rules.remove(id);
    } else if (!approved) {
      Trail trail = rules.touch(id, fact.clock(), Trail::new);
      trail.add(new Mark(fact.micros(), fact.leaf(), fact.account(), 0, false), window, 20);
    }
  }

  /** Another rule concluded this: it may be what somebody wanted not to be found. */
  void concluded(Finding finding, Consumer<Signal> signals) {
    String id = finding.watchedRule();
    Trail trail = rules.peek(Bounded.of(id));
    Signal signal = finding.signal();
    if (id.equals(rule.id()) || trail == null) {
      return;
    }
    List<String> officers = officers(trail, Micros.of(signal.at()));
    if (!officers.isEmpty()) {
      Evidence off = trail.take(signal.evidence().trigger(), List.of()).and(signal.evidence());
      officers.forEach(officer -> signals.accept(covered(officer, id, signal, off)));
    }
  }

  /** All who changed the rule and nobody approved: the last one may not be who had a reason. */
  private List<String> officers(Trail trail, long micros) {
    return trail.marks().stream()
        .filter(mark -> mark.micros() <= micros && micros - mark.micros() <= window)
        .map(Mark::text)
        .distinct()
        .toList();
  }

  private Signal covered(String officer, String id, Signal signal, Evidence evidence) {
    return new Signal.Crossing(
        rule.id(),
        "covered",
        id + ' ' + officer,
        "user:" + officer,
        signal.at(),
        signal.at(),
        evidence,
        List.of(officer),
        new TreeMap<>(
            Map.of(
                "account",
                officer,
                "rule",
                id,
                "entity",
                signal.entity(),
                "window",
                rule.duration("window").toString())));
  }

  @Override
  public void forget(LongPredicate destroyed) {
    rules.removeIf(trail -> trail.forget(destroyed));
  }

  @Override
  public void expire(long clock) {
    rules.expire(clock);
  }

  @Override
  public void pieces(LastingPieces pieces) {
    rules.forEach((key, cell) -> pieces.add(PREFIX + cell.name(), cell));
  }

  @Override
  public int size() {
    return rules.size();
  }

  @Override
  public long evictions() {
    return rules.evictions();
  }
}
