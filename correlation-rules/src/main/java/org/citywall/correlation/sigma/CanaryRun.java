// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Proves that rules fire: each is given an event made for it, through the very matcher that sees
 * the events of the log. Belongs to the thread of its engine.
 */
public final class CanaryRun {

  private record Proof(SigmaRule rule, SigmaEvent event) {}

  private final List<Proof> proofs = new ArrayList<>();
  private final TreeSet<String> dead = new TreeSet<>();
  private final int unproven;

  private CanaryRun(Collection<SigmaRule> rules, int correlations) {
    Explainer explainer = new Explainer();
    for (SigmaRule rule : rules) {
      Optional<SigmaEvent> event = Canary.of(rule, explainer);
      event.ifPresent(made -> proofs.add(new Proof(rule, made)));
    }
    unproven = rules.size() + correlations - proofs.size();
  }

  /** Makes the events and tries each once. */
  public static CanaryRun of(SigmaRules rules, SigmaEngine engine) {
    CanaryRun run = new CanaryRun(rules.rules(), rules.correlations().size());
    for (int i = 0; i < run.size(); i++) {
      run.check(i, engine);
    }
    return run;
  }

  /** How many rules there is an event for. */
  public int size() {
    return proofs.size();
  }

  /** Tries one of them, from 0; the rule if it does not fire, else null. */
  public @Nullable SigmaRule check(int number, SigmaEngine engine) {
    Proof proof = proofs.get(number);
    boolean fires = engine.match(proof.event()).contains(proof.rule());
    if (fires) {
      dead.remove(proof.rule().id());
      return null;
    }
    dead.add(proof.rule().id());
    return proof.rule();
  }

  /** Rules that fired when they were tried last. */
  public int proven() {
    return proofs.size() - dead.size();
  }

  /** Rules and correlations that no event could be made for. */
  public int unproven() {
    return unproven;
  }

  public List<String> dead() {
    return List.copyOf(dead);
  }
}
