// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.correlation.Alert;
import org.citywall.correlation.RulePack;
import org.citywall.correlation.SigmaSet;

/** Which scenario each rule is about: built-in ones say so, Sigma rules by a tag. */
final class RuleScenarios {

  private static final String TAG = "citywall.scenario.";
  private static final String SIGMA = "sigma-";

  private final Map<String, Integer> builtIn = new HashMap<>();
  private final Map<String, Integer> sigma = new HashMap<>();
  private final Map<String, String> titles = new HashMap<>();

  RuleScenarios(RulePack pack, SigmaSet set) {
    pack.rules().forEach(rule -> builtIn.put(rule.id(), rule.scenario()));
    set.rules().rules().forEach(rule -> add(rule.id(), rule.title(), rule.tags()));
    set.rules().correlations().forEach(rule -> add(rule.id(), rule.title(), rule.tags()));
  }

  private void add(String id, String title, List<String> tags) {
    titles.put(id, title);
    for (String tag : tags) {
      if (tag.startsWith(TAG) && tag.substring(TAG.length()).matches("[0-9]{1,3}")) {
        sigma.put(id, Integer.parseInt(tag.substring(TAG.length())));
      }
    }
  }

  /** Id of the rule that is behind the alert; title of a Sigma rule. */
  String rule(Alert alert) {
    String id = alert.ruleId().startsWith(SIGMA) ? alert.parameters().get("rule") : null;
    return id == null ? alert.ruleId() : titles.getOrDefault(id, id);
  }

  /** 0 where the rule is about none. */
  int scenario(Alert alert) {
    String id = alert.ruleId().startsWith(SIGMA) ? alert.parameters().get("rule") : null;
    return id == null ? builtIn.getOrDefault(alert.ruleId(), 0) : sigma.getOrDefault(id, 0);
  }
}
