// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

/**
 * A token of a statement.
 *
 * @param text names as PostgreSQL stores them (folded, decoded, cut to 63 bytes); anything else as
 *     it is written
 * @param start index of the first unit
 * @param end index behind the last unit
 */
public record Token(Kind kind, String text, int start, int end) {

  /** What a token is. */
  public enum Kind {
    /** An identifier or key word that is not quoted. */
    WORD,
    /** An identifier in quotes. */
    QUOTED,
    STRING,
    NUMBER,
    PARAMETER,
    OPERATOR,
    /** One of {@code ( ) [ ] , ; . :} or {@code ::}. */
    PUNCTUATION
  }

  /** Whether this can name something. */
  public boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  /** Whether this is the key word, given in lower case. */
  public boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  /** Whether this is the sign. */
  public boolean is(String sign) {
    return (kind == Kind.PUNCTUATION || kind == Kind.OPERATOR) && text.equals(sign);
  }
}
