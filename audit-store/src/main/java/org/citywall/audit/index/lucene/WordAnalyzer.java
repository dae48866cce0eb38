// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Cuts text into words; the package documentation says how. */
final class WordAnalyzer extends Analyzer {

  /** Keeps a phrase from reaching out of one value into the next. */
  private static final int GAP = 100;

  /** Longest phrase; more words than this are cut off. */
  private static final int MAX_WORDS = 256;

  private record Word(String text, int position, boolean pair) {}

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer source = new StandardTokenizer();
    TokenStream folded = new LowerCaseFilter(new CJKWidthFilter(source));
    int scripts =
        CJKBigramFilter.HAN
            | CJKBigramFilter.HIRAGANA
            | CJKBigramFilter.KATAKANA
            | CJKBigramFilter.HANGUL;
    return new TokenStreamComponents(source, new CJKBigramFilter(folded, scripts, true));
  }

  @Override
  protected TokenStream normalize(String fieldName, TokenStream in) {
    return new LowerCaseFilter(new CJKWidthFilter(in));
  }

  @Override
  public int getPositionIncrementGap(String fieldName) {
    return GAP;
  }

  /** Asks for these words next to each other; {@code anything} where the text has no word. */
  Query phrase(String field, String text, Query anything) {
    List<Word> words = essential(words(field, text));
    if (words.isEmpty()) {
      return anything;
    }
    if (words.size() == 1) {
      return new TermQuery(new Term(field, words.getFirst().text()));
    }
    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
    int first = words.getFirst().position();
    for (Word word : words) {
      phrase.add(new Term(field, word.text()), word.position() - first);
    }
    return phrase.build();
  }

  /** Without single characters that a pair covers. */
  private static List<Word> essential(List<Word> words) {
    List<Word> kept = new ArrayList<>(words.size());
    for (Word word : words) {
      boolean covered =
          !word.pair()
              && words.stream()
                  .anyMatch(
                      other ->
                          other.pair()
                              && (other.position() == word.position()
                                  || other.position() == word.position() - 1));
      if (!covered) {
        kept.add(word);
      }
    }
    return kept;
  }

  private List<Word> words(String field, String text) {
    List<Word> words = new ArrayList<>();
    try (TokenStream stream = tokenStream(field, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
      TypeAttribute type = stream.addAttribute(TypeAttribute.class);
      stream.reset();
      int position = -1;
      while (stream.incrementToken() && words.size() < MAX_WORDS) {
        position += step.getPositionIncrement();
        boolean pair = type.type().equals(CJKBigramFilter.DOUBLE_TYPE);
        words.add(new Word(term.toString(), position, pair));
      }
      stream.end();
      return words;
    } catch (IOException e) {
      throw Failures.of(e);
    }
  }
}
