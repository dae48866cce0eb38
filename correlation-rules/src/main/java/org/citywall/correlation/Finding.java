// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a rule concludes from a signal, with the figures for the texts. Filled by a rule only. */
public final class Finding {

  /** Figure that names ATT&amp;CK techniques, with blanks between them. */
  static final String TECHNIQUES = "techniques";

  private final String ruleId;
  private final String variant;
  private final Signal signal;
  private final SortedMap<String, String> figures = new TreeMap<>();
  private final SortedMap<String, Long> sums = new TreeMap<>();

  Finding(String ruleId, String variant, Signal signal) {
    this.ruleId = ruleId;
    this.variant = variant;
    this.signal = signal;
  }

  /** Sets a figure; a later finding of the same alert replaces it. */
  public Finding with(String name, Object value) {
    figures.put(name, String.valueOf(value));
    return this;
  }

  /** Sets these figures. */
  public Finding with(Map<String, String> more) {
    figures.putAll(more);
    return this;
  }

  /** Adds what the rule says of itself: clauses, category and grade. */
  public Finding classify(RuleMetadata rule) {
    figures.put("clauses", String.join(" ", rule.clauses()));
    IncidentClass incident = rule.incident();
    if (incident != null) {
      figures.put("category", incident.category().name());
      figures.put("grade", incident.grade().name());
    }
    return this;
  }

  /** Adds to a figure that is summed over all findings of the alert. */
  public Finding add(String name, long amount) {
    sums.merge(name, amount, Long::sum);
    return this;
  }

  String ruleId() {
    return ruleId;
  }

  /** The rule that looked: of the site where a Sigma rule did, else its own. */
  String watchedRule() {
    return ruleId.startsWith("sigma-") ? figures.getOrDefault("rule", ruleId) : ruleId;
  }

  String variant() {
    return variant;
  }

  Signal signal() {
    return signal;
  }

  SortedMap<String, String> figures() {
    return Collections.unmodifiableSortedMap(figures);
  }

  SortedMap<String, Long> sums() {
    return Collections.unmodifiableSortedMap(sums);
  }
}
