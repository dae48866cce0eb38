// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.citywall.masking.sql.facts.ColumnName;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.FromClause;
import org.citywall.masking.sql.facts.Grouping;
import org.citywall.masking.sql.facts.Token;

/** Reads the GROUP BY of a query where it names nothing but columns. */
final class GroupingTree {

  private final Names names;
  private final FactsBuilder facts;
  private final List<ColumnName> keys = new ArrayList<>();
  private boolean columns = true;

  GroupingTree(Names names, FactsBuilder facts) {
    this.names = names;
    this.facts = facts;
  }

  void read(ParseTree query, FromClause from) {
    Names.child(query, "groupClause")
        .flatMap(clause -> Names.child(clause, "groupByList"))
        .ifPresent(this::list);
    if (columns && !keys.isEmpty()) {
      facts.add(new Grouping(keys, from));
    }
  }

  private void list(ParseTree list) {
    for (int i = 0; i < list.getChildCount(); i++) {
      ParseTree child = list.getChild(i);
      if (Names.rule(child).equals("groupByList")) {
        list(child);
      } else if (Names.rule(child).equals("groupByItem")) {
        item(child);
      }
    }
  }

  private void item(ParseTree item) {
    ParseTree node = item;
    while (node.getChildCount() == 1 && !Names.rule(node).equals("columnref")) {
      node = node.getChild(0);
    }
    if (!Names.rule(node).equals("columnref") || node.getText().matches(".*[\\[*].*")) {
      columns = false;
      return;
    }
    List<String> parts = names.all(node).stream().map(Token::text).toList();
    keys.add(new ColumnName(parts, false, names.first(node).start()));
  }
}
