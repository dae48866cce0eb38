// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a name: {@code idCard_no2} is id, card, no. */
final class ColumnWords {

  private static final Pattern WORD = Pattern.compile("\\p{IsHan}+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+");

  private ColumnWords() {}

  static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(name);
    while (matcher.find()) {
      words.add(matcher.group().toLowerCase(Locale.ROOT));
    }
    return words;
  }

  /** Where the words stand one behind the other, from 0; -1 where they do not. */
  static int find(List<String> words, List<String> wanted) {
    for (int start = 0; start + wanted.size() <= words.size(); start++) {
      if (words.subList(start, start + wanted.size()).equals(wanted)) {
        return start;
      }
    }
    return -1;
  }
}
