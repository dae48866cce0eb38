// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.FactsBuilder;
import org.citywall.masking.sql.facts.Setting;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;

/** Reads SET, RESET and SHOW by their tokens, whose grammar is flat. */
final class SettingReader {

  private final List<Token> tokens;
  private int at = 1;

  private SettingReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The facts, where the statement is one of these. */
  static Optional<StatementFacts> read(List<Token> tokens) {
    SettingReader reader = new SettingReader(List.copyOf(tokens));
    return switch (tokens.getFirst().text()) {
      case "set" -> Optional.of(reader.facts(StatementKind.SET, reader.set()));
      case "reset" -> Optional.of(reader.facts(StatementKind.SET, reader.named()));
      case "show" -> Optional.of(reader.facts(StatementKind.SHOW, reader.named()));
      default -> Optional.empty();
    };
  }

  private StatementFacts facts(StatementKind kind, Setting setting) {
    FactsBuilder facts = new FactsBuilder();
    if (setting.name().equals("constraints")) {
      return facts.facts(StatementKind.TRANSACTION, StatementKind.TRANSACTION);
    }
    facts.add(setting);
    return facts.facts(kind, kind);
  }

  private Setting set() {
    if (is("session") && isAt(at + 1, "characteristics")) {
      return new Setting("session characteristics", List.of());
    }
    if (is("constraints")) {
      return new Setting("constraints", List.of());
    }
    if (is("transaction")) {
      return new Setting(
          isAt(at + 1, "snapshot") ? "transaction snapshot" : "transaction", List.of());
    }
    if ((is("session") || is("local")) && !isAt(at + 1, "authorization")) {
      at++;
    }
    if (is("session")) {
      return new Setting("session_authorization", List.of());
    }
    if (is("time") && isAt(at + 1, "zone")) {
      return new Setting("timezone", List.of());
    }
    if (is("names")) {
      at++;
      return new Setting("client_encoding", values());
    }
    if (is("role")) {
      return new Setting("role", List.of());
    }
    String name = name();
    if (!(at < tokens.size() && (tokens.get(at).is("=") || is("to")))) {
      throw unreadable();
    }
    at++;
    return new Setting(name, values());
  }

  private Setting named() {
    if (is("all")) {
      return new Setting("", List.of());
    }
    if (is("session") && isAt(at + 1, "authorization")) {
      return new Setting("session_authorization", List.of());
    }
    if (is("time") && isAt(at + 1, "zone")) {
      return new Setting("timezone", List.of());
    }
    return new Setting(is("transaction") ? "transaction_isolation" : name(), List.of());
  }

  private String name() {
    StringBuilder name = new StringBuilder();
    while (at < tokens.size() && tokens.get(at).isName()) {
      name.append(Token.Kind.WORD == tokens.get(at).kind() ? tokens.get(at).text() : "\"");
      at++;
      if (at >= tokens.size() || !tokens.get(at).is(".")) {
        return name.toString();
      }
      name.append('.');
      at++;
    }
    throw unreadable();
  }

  private List<String> values() {
    List<String> values = new ArrayList<>();
    for (; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (token.kind() == Token.Kind.STRING) {
        values.add(constant(token));
      } else if (token.isWord("default")) {
        return List.of();
      } else if (!token.is(",")) {
        values.add(token.text());
      }
    }
    return values;
  }

  /** A plain constant; another form is no value that a list would have. */
  private static String constant(Token token) {
    String written = token.text();
    return written.startsWith("'") && written.indexOf('\'', 1) == written.length() - 1
        ? written.substring(1, written.length() - 1)
        : written;
  }

  private boolean is(String word) {
    return isAt(at, word);
  }

  private boolean isAt(int index, String word) {
    return index < tokens.size() && tokens.get(index).isWord(word);
  }

  private StatementRefused unreadable() {
    return new StatementRefused(
        MaskingErrorCode.STATEMENT_UNREADABLE, "a setting", tokens.getFirst().start());
  }
}
