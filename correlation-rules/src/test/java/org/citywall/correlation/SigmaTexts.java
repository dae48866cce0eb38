// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import org.citywall.correlation.SigmaSet.Level;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.correlation.sigma.SigmaRules;

/** Sigma rules for tests. */
final class SigmaTexts {

  /** A rule and correlations of every kind over accesses to data. */
  static final String ACCESS =
      """
      title: Direct access with a desktop tool
      id: tool
      logsource: {product: citywall, category: data_access}
      detection: {a: {db.client.app|contains: navicat}, condition: a}
      level: high
      tags: [attack.t1213, attack.collection]
      ---
      title: Any access
      id: any
      name: any
      logsource: {product: citywall, category: data_access}
      detection: {a: {user.name|exists: true}, condition: a}
      level: informational
      ---
      title: Large answer
      name: large
      logsource: {product: citywall, category: data_access}
      detection: {a: {db.rows.returned|gte: 100}, condition: a}
      ---
      title: Many accesses
      id: many
      correlation: {type: event_count, rules: [any], group-by: [user.name], timespan: 5m, condition: {gte: 6}}
      level: high
      ---
      title: Many tables
      id: tables
      correlation:
        {type: value_count, rules: [any], group-by: [user.name], timespan: 1d, condition: {field: db.table, gte: 4}}
      level: critical
      ---
      title: Many rows
      id: rows
      correlation:
        {type: value_sum, rules: [any], group-by: [user.name], timespan: 2h, condition: {field: db.rows.returned, gt: 300.5}}
      level: medium
      ---
      title: Large answers and then many
      id: chain
      correlation: {type: temporal_ordered, rules: [large, any, many], group-by: [user.name], timespan: 12h, generate: true}
      level: high
      """;

  private SigmaTexts() {}

  static SigmaSet set(String yaml, Level floor) {
    SigmaRules rules =
        SigmaRules.of(List.of(new SigmaRules.Source("test.yml", yaml)), Placeholders.NONE);
    if (!rules.rejections().isEmpty()) {
      throw new IllegalArgumentException(rules.rejections().toString());
    }
    return SigmaSet.of(rules, floor);
  }
}
