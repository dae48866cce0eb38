// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.shardingsphere;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.masking.sql.facts.Token;

/**
 * A statement written so that every lexer reads it alike: no comments, constants replaced by short
 * ones, names by quoted plain ones; and so that this grammar reads more of it, without what names
 * nothing: fields of intervals, subscripts that are constants.
 */
final class PlainText {

  private static final Set<String> KEYWORDS = keywords();

  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Token> tokens = new HashMap<>();
  private final boolean copies;

  PlainText(List<Token> statement) {
    // the grammar has options of COPY as key words of its own
    copies = statement.getFirst().isWord("copy");
    Tokens read = new Tokens(statement);
    int i = 0;
    while (i < statement.size()) {
      int end = read.endOfWhatNamesNothing(i);
      if (end == i) {
        add(statement.get(i), i > 0 ? statement.get(i - 1) : statement.get(i));
        end++;
      }
      i = end;
    }
  }

  private void add(Token token, Token before) {
    boolean dot = token.is(".") || before.is(".");
    if (!text.isEmpty() && !dot) {
      text.append(' ');
    }
    tokens.put(text.length(), token);
    text.append(
        switch (token.kind()) {
          case STRING -> "'s'";
          case QUOTED -> quoted();
          case WORD -> isKeyword(token.text()) ? token.text() : quoted();
          case NUMBER, PARAMETER, OPERATOR, PUNCTUATION -> token.text();
        });
  }

  private boolean isKeyword(String word) {
    return copies ? word.matches("[a-z_][a-z0-9_]*") : KEYWORDS.contains(word);
  }

  private String quoted() {
    return "\"q" + tokens.size() + '"';
  }

  String text() {
    return text.toString();
  }

  /** The token that is written from this index on. */
  Optional<Token> tokenAt(int index) {
    return Optional.ofNullable(tokens.get(index));
  }

  private static Set<String> keywords() {
    try (InputStream stream = PlainText.class.getResourceAsStream("keywords.txt")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Stream.of(line.split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tokens of a statement and what of them this grammar does not need to see. */
  private record Tokens(List<Token> all) {

    private static final Set<String> FIELDS =
        Set.of("year", "month", "day", "hour", "minute", "second");
    private static final Set<Token.Kind> CONSTANT =
        EnumSet.of(Token.Kind.NUMBER, Token.Kind.STRING, Token.Kind.PARAMETER);

    /** The index behind it; the same index where something else starts. */
    int endOfWhatNamesNothing(int index) {
      if (isWord(index, "uescape") && is(index - 1, Token.Kind.QUOTED)) {
        return index + 2;
      }
      if (is(index - 1, Token.Kind.STRING) && isWord(index - 2, "interval")) {
        return endOfFields(index);
      }
      return is(index, "[") ? endOfSubscripts(index) : index;
    }

    /** {@code DAY TO SECOND(3)} behind the text of an interval. */
    private int endOfFields(int index) {
      int end = index;
      if (isField(end)) {
        end += isWord(end + 1, "to") && isField(end + 2) ? 3 : 1;
        if (is(end, "(") && is(end + 1, Token.Kind.NUMBER) && is(end + 2, ")")) {
          end += 3;
        }
      }
      return end;
    }

    /** {@code [1]} and {@code [1:2]} behind a name; a field that is selected of it needs them. */
    private int endOfSubscripts(int index) {
      boolean name =
          is(index - 1, Token.Kind.QUOTED)
              || is(index - 1, Token.Kind.WORD) && !KEYWORDS.contains(all.get(index - 1).text());
      if (!name) {
        return index;
      }
      int end = index;
      while (is(end, "[")) {
        int close = end + 1;
        while (isConstant(close)) {
          close++;
        }
        if (close == end + 1 || !is(close, "]")) {
          return index;
        }
        end = close + 1;
      }
      return is(end, ".") ? index : end;
    }

    private boolean isConstant(int index) {
      return index < all.size()
          && (CONSTANT.contains(all.get(index).kind()) || is(index, ":") || is(index, "-"));
    }

    private boolean isField(int index) {
      return index < all.size()
          && is(index, Token.Kind.WORD)
          && FIELDS.contains(all.get(index).text());
    }

    private boolean isWord(int index, String word) {
      return index >= 0 && index < all.size() && all.get(index).isWord(word);
    }

    private boolean is(int index, String sign) {
      return index >= 0 && index < all.size() && all.get(index).is(sign);
    }

    private boolean is(int index, Token.Kind kind) {
      return index >= 0 && index < all.size() && all.get(index).kind() == kind;
    }
  }
}
