// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds all of many words in one pass over a text (Aho and Corasick 1975), with every transition
 * worked out beforehand.
 */
final class AhoCorasick {

  private static final int ASCII = 128;

  private final char[] alphabet;
  private final short[] ascii = new short[ASCII];
  private final int width;
  private final int[] transitions;
  private final int[][] found;
  private final int[] nextFound;

  /** Each word with the numbers to tell of it. */
  AhoCorasick(Map<String, int[]> words) {
    TreeSet<Character> letters = new TreeSet<>();
    words.keySet().forEach(word -> word.chars().forEach(c -> letters.add((char) c)));
    alphabet = new char[letters.size()];
    int n = 0;
    for (char letter : letters) {
      alphabet[n++] = letter;
    }
    for (char c = 0; c < ASCII; c++) {
      ascii[c] = (short) (Arrays.binarySearch(alphabet, c) + 1);
      if (ascii[c] < 0) {
        ascii[c] = 0;
      }
    }
    width = alphabet.length + 1;
    List<int[]> trie = new ArrayList<>(List.of(new int[width]));
    TreeMap<Integer, int[]> ends = new TreeMap<>();
    words.forEach((word, numbers) -> ends.put(insert(trie, word), numbers));
    found = new int[trie.size()][];
    ends.forEach((state, numbers) -> found[state] = numbers);
    nextFound = new int[trie.size()];
    transitions = connect(trie);
  }

  private int insert(List<int[]> trie, String word) {
    int state = 0;
    for (int i = 0; i < word.length(); i++) {
      int letter = letter(word.charAt(i));
      int[] row = trie.get(state);
      if (row[letter] == 0) {
        row[letter] = trie.size();
        trie.add(new int[width]);
      }
      state = row[letter];
    }
    return state;
  }

  /** Breadth first, so that the state a failure leads to is complete. */
  private int[] connect(List<int[]> trie) {
    int[] flat = new int[trie.size() * width];
    int[] failure = new int[trie.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(0));
    while (!queue.isEmpty()) {
      int state = queue.remove();
      nextFound[state] =
          state == 0
              ? 0
              : found[failure[state]] != null ? failure[state] : nextFound[failure[state]];
      for (int letter = 1; letter < width; letter++) {
        int child = trie.get(state)[letter];
        int fallback = state == 0 ? 0 : flat[failure[state] * width + letter];
        if (child == 0) {
          flat[state * width + letter] = fallback;
        } else {
          flat[state * width + letter] = child;
          failure[child] = fallback;
          queue.add(child);
        }
      }
    }
    return flat;
  }

  private int letter(char c) {
    if (c < ASCII) {
      return ascii[c];
    }
    return Math.max(0, Arrays.binarySearch(alphabet, c) + 1);
  }

  /** Tells the numbers of every word in the text, some of them more than once. */
  void search(String text, Consumer<int[]> numbers) {
    int state = 0;
    for (int i = 0; i < text.length(); i++) {
      state = transitions[state * width + letter(text.charAt(i))];
      for (int at = state; at != 0; at = nextFound[at]) {
        int[] here = found[at];
        if (here != null) {
          numbers.accept(here);
        }
      }
    }
  }
}
