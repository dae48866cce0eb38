// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.sql.facts.Token;

/** Reads the options of a COPY from the client, in either of its two writings. */
final class CopyOptions {

  private static final Set<String> VALUES =
      Set.of("format", "delimiter", "delimiters", "null", "quote", "escape", "header");

  private static final Set<String> NO = Set.of("false", "off", "0");

  private final Tokens tokens;
  private final Map<String, String> options = new HashMap<>();
  private boolean unclear;

  private CopyOptions(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The format of the COPY whose target's name starts at this index; empty where a sign is written
   * in a way that is not known here.
   */
  static Optional<CopyFormat> at(Tokens tokens, int target) {
    CopyOptions options = new CopyOptions(tokens);
    if (tokens.isWord(target - 1, "binary")) {
      options.options.put("format", "binary");
    }
    int index = target;
    while (index < tokens.size() && !tokens.isWord(index, "stdin")) {
      index++;
    }
    options.read(index + 1);
    return options.format();
  }

  private void read(int from) {
    for (int i = from; i < tokens.size() && !tokens.is(i, ";") && !tokens.isWord(i, "where"); i++) {
      String word = tokens.isName(i) ? tokens.get(i).text() : "";
      int value = tokens.isWord(i + 1, "as") ? i + 2 : i + 1;
      if (word.equals("csv") || word.equals("binary")) {
        options.put("format", word);
      } else if (VALUES.contains(word) && value < tokens.size()) {
        option(word, value);
      }
    }
  }

  private void option(String word, int index) {
    Token value = tokens.get(index);
    if (word.equals("header")) {
      options.put(word, NO.contains(value.text().replace("'", "")) ? "" : "yes");
    } else if (word.equals("format") && value.isName()) {
      options.put(word, value.text());
    } else if (value.kind() == Token.Kind.STRING) {
      Literal.at(tokens, index)
          .or(() -> tab(value.text()))
          .ifPresentOrElse(text -> options.put(word, text), () -> unclear = true);
    }
  }

  /** The one sign with an escape that everybody writes. */
  private static Optional<String> tab(String text) {
    return text.toLowerCase(Locale.ROOT).equals("e'\\t'") ? Optional.of("\t") : Optional.empty();
  }

  private Optional<CopyFormat> format() {
    CopyFormat.Kind kind =
        switch (options.getOrDefault("format", "text").toLowerCase(Locale.ROOT)) {
          case "csv" -> CopyFormat.Kind.CSV;
          case "binary" -> CopyFormat.Kind.BINARY;
          default -> CopyFormat.Kind.TEXT;
        };
    boolean csv = kind == CopyFormat.Kind.CSV;
    char delimiter = sign("delimiter", sign("delimiters", csv ? ',' : '\t'));
    char quote = sign("quote", '"');
    return unclear
        ? Optional.empty()
        : Optional.of(
            new CopyFormat(
                kind,
                delimiter,
                quote,
                sign("escape", quote),
                options.getOrDefault("null", csv ? "" : "\\N"),
                !options.getOrDefault("header", "").isEmpty()));
  }

  private char sign(String option, char usual) {
    String text = options.getOrDefault(option, String.valueOf(usual));
    unclear |= text.length() != 1;
    return text.isEmpty() ? usual : text.charAt(0);
  }
}
