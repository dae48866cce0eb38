// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.score.Result;

/** All of a round: its frameworks as they were when it began, results, evidence, risks. */
public final class RoundView {

  private final Assessment assessment;
  private final GradedSystem system;
  private final List<Catalogue> frameworks;
  private final Map<String, List<ItemResult>> results = new HashMap<>();
  private final Map<ItemKey, List<Evidence>> evidence;
  private final List<RemainingRisk> risks;
  private final Map<ItemKey, Result> before;

  RoundView(
      Assessment assessment,
      GradedSystem system,
      List<Catalogue> frameworks,
      List<ItemResult> results,
      Map<ItemKey, List<Evidence>> evidence,
      List<RemainingRisk> risks,
      Map<ItemKey, Result> before) {
    this.assessment = assessment;
    this.system = system;
    this.frameworks = List.copyOf(frameworks);
    results.forEach(
        result ->
            this.results
                .computeIfAbsent(result.key().control(), key -> new ArrayList<>())
                .add(result));
    this.results
        .values()
        .forEach(list -> list.sort(Comparator.comparing(result -> result.key().object())));
    this.evidence = Map.copyOf(evidence);
    this.risks = List.copyOf(risks);
    this.before = Map.copyOf(before);
  }

  public Assessment assessment() {
    return assessment;
  }

  public GradedSystem system() {
    return system;
  }

  public List<Catalogue> frameworks() {
    return frameworks;
  }

  /** Results of an item, one per object. */
  public List<ItemResult> results(String framework, String item) {
    return results.getOrDefault(framework + "/" + item, List.of());
  }

  /** All results in the order of the frameworks. */
  public List<ItemResult> results() {
    return frameworks.stream()
        .flatMap(f -> f.items().stream().flatMap(item -> results(f.id(), item.id()).stream()))
        .toList();
  }

  public List<Evidence> evidence(ItemKey key) {
    return evidence.getOrDefault(key, List.of());
  }

  public List<RemainingRisk> risks() {
    return risks;
  }

  /** What it came to in the round before; untested where that round did not have it. */
  public Result before(ItemKey key) {
    return before.getOrDefault(key, Result.UNTESTED);
  }

  /** Whether there was a round before. */
  public boolean comparable() {
    return !before.isEmpty();
  }
}
