// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementParser;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Finds the names of a statement below the nodes of its plain writing's tree. */
final class Names {

  private final PlainText plain;

  Names(PlainText plain) {
    this.plain = plain;
  }

  /** The rule that a node is made by, or an empty text for a token. */
  static String rule(ParseTree node) {
    return node instanceof ParserRuleContext context
        ? PostgreSQLStatementParser.ruleNames[context.getRuleIndex()]
        : "";
  }

  /** The first child made by this rule. */
  static Optional<ParserRuleContext> child(ParseTree node, String rule) {
    for (int i = 0; i < node.getChildCount(); i++) {
      if (rule(node.getChild(i)).equals(rule)) {
        return Optional.of((ParserRuleContext) node.getChild(i));
      }
    }
    return Optional.empty();
  }

  static ParserRuleContext required(ParseTree node, String rule) {
    return child(node, rule).orElseThrow(() -> unclear(rule));
  }

  /** Whether a child is this key word or sign. */
  static boolean hasToken(ParseTree node, String text) {
    for (int i = 0; i < node.getChildCount(); i++) {
      if (node.getChild(i) instanceof TerminalNode && node.getChild(i).getText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  /** The token that the text below a node starts with. */
  Token first(ParseTree node) {
    ParseTree leaf = node;
    while (!(leaf instanceof TerminalNode)) {
      if (leaf.getChildCount() == 0) {
        throw unclear(rule(node));
      }
      leaf = leaf.getChild(0);
    }
    return token((TerminalNode) leaf);
  }

  Token token(TerminalNode leaf) {
    return plain.tokenAt(leaf.getSymbol().getStartIndex()).orElseThrow(() -> unclear("a token"));
  }

  /** Every name below a node, whatever stands between them. */
  List<Token> all(ParseTree node) {
    List<Token> names = new ArrayList<>();
    collect(node, names);
    return names;
  }

  private void collect(ParseTree node, List<Token> names) {
    if (node instanceof TerminalNode leaf) {
      plain.tokenAt(leaf.getSymbol().getStartIndex()).filter(Token::isName).ifPresent(names::add);
      return;
    }
    for (int i = 0; i < node.getChildCount(); i++) {
      collect(node.getChild(i), names);
    }
  }

  static StatementRefused unclear(String what) {
    return new StatementRefused(MaskingErrorCode.CONSTRUCT_REFUSED, what, -1);
  }

  StatementRefused refused(String what, ParseTree node) {
    return new StatementRefused(MaskingErrorCode.CONSTRUCT_REFUSED, what, first(node).start());
  }
}
