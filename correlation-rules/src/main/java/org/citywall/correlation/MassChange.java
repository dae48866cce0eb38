// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Trail.Mark;
import org.citywall.correlation.TrailWatch.Memory;
import org.citywall.correlation.TrailWatch.Setup;

/** Scenario 24: much of a table, or of many tables, is changed within minutes. */
final class MassChange {

  private MassChange() {}

  static Setup of(RuleMetadata rule) {
    return Setup.of(rule, 1000, Set.of(FactKind.ACCESS), MassChange::changes, MassChange::judge);
  }

  private static void changes(RuleMetadata rule, Fact fact, ContextIndex context, Memory memory) {
    long rows = fact.number(Field.DB_ROWS_AFFECTED, 0);
    boolean transfer =
        fact.type() == PersonType.SERVICE
            && context.facts().applications().contains(fact.text(Field.DB_CLIENT_APP));
    if (rows > 0
        && fact.isOperation("UPDATE", "DELETE", "TRUNCATE")
        && !transfer
        && !fact.isApproved(context)) {
      memory.add(fact.account(), fact.table() + ' ' + fact.number(Field.DB_TABLE_ROWS, 0), rows);
    }
  }

  private static void judge(
      RuleMetadata rule, Trail trail, Fact fact, ContextIndex context, Crossings out) {
    Map<String, Long> changed = new HashMap<>();
    Map<String, Long> sizes = new HashMap<>();
    for (Mark mark : trail.marks()) {
      String[] words = mark.text().split(" ");
      changed.merge(words[0], mark.number(), Long::sum);
      sizes.merge(words[0], Long.parseLong(words[1]), Math::max);
    }
    long share = 0;
    for (Map.Entry<String, Long> table : changed.entrySet()) {
      long size = sizes.getOrDefault(table.getKey(), 0L);
      if (size > 0 && table.getValue() >= rule.number("rows")) {
        share = Math.max(share, Math.min(100, 100 * table.getValue() / size));
      }
    }
    long tables =
        changed.values().stream().filter(rows -> rows >= rule.number("rows-of-many")).count();
    if (share > rule.number("share") || tables >= rule.number("tables")) {
      out.of(rule, "mass", fact, trail)
          .with("table", fact.table())
          .with("share", share)
          .with("limit", rule.number("share"))
          .with("tables", tables)
          .with("most", rule.number("tables"))
          .with("rows", trail.sum())
          .with("window", rule.duration("window"))
          .emit();
    }
  }
}
