// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import java.util.List;
import java.util.regex.Pattern;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/**
 * A text of statements as a client sent it, and what it says of the person behind it. Tokens are in
 * no other part of it.
 *
 * @param sql without the comment that holds a token, and without a token that is set
 * @param token in the comment, or null
 * @param setting of the proxy's own that it changes or shows, or null
 * @param fault what is wrong with how a person is named, or null
 */
public record SentText(
    String sql, @Nullable String token, @Nullable OwnSetting setting, @Nullable String fault) {

  private static final Pattern OWN = Pattern.compile("citywall", Pattern.CASE_INSENSITIVE);

  /** Whether it says nothing of the person behind it. */
  public boolean isPlain() {
    return token == null && setting == null && fault == null;
  }

  /** What nobody is named in. */
  public static SentText plain(String sql) {
    return new SentText(sql, null, null, null);
  }

  /**
   * Reads a text before any parser does.
   *
   * @param comments whether comments count: those of an application do
   */
  public static SentText read(String sql, boolean comments) {
    if (!OWN.matcher(sql).find()) {
      return plain(sql);
    }
    try {
      List<Token> tokens = Lexer.tokens(sql);
      OwnSetting setting = OwnSetting.read(tokens).orElse(null);
      if (setting != null) {
        return new SentText(setting.running(), null, setting, null);
      }
      return comments ? SignedComment.read(sql, tokens) : plain(sql);
    } catch (StatementRefused e) {
      // refused as soon as it is judged, and for the same reason
      return plain(sql);
    }
  }

  @Override
  public String toString() {
    return sql;
  }
}
