// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Leaves as people write them: {@code 3,7-9}. */
public final class LeafRanges {

  private LeafRanges() {}

  /**
   * The leaves of a text; {@code AUD-0153} where it is none, {@code AUD-0152} for more than a
   * bundle holds.
   */
  public static NavigableSet<Long> parse(String text) {
    NavigableSet<Long> leaves = new TreeSet<>();
    for (String word : text.split(",", -1)) {
      if (!word.matches("[0-9]{1,18}(-[0-9]{1,18})?")) {
        throw new PlatformException(AuditErrorCode.BUNDLE_SELECTION, "no leaves: " + word);
      }
      String[] ends = word.split("-", -1);
      long to = Long.parseLong(ends[ends.length - 1]);
      for (long leaf = Long.parseLong(ends[0]); leaf <= to; leaf++) {
        leaves.add(leaf);
        if (leaves.size() > EvidenceBundle.MAX_ENTRIES) {
          throw new PlatformException(AuditErrorCode.BUNDLE_TOO_LARGE, "too many leaves");
        }
      }
    }
    return leaves;
  }

  static String format(NavigableSet<Long> leaves) {
    List<String> words = new ArrayList<>();
    long from = -1;
    long to = -2;
    for (long leaf : leaves) {
      if (leaf != to + 1) {
        add(from, to, words);
        from = leaf;
      }
      to = leaf;
    }
    add(from, to, words);
    return String.join(",", words);
  }

  private static void add(long from, long to, List<String> words) {
    if (to >= from) {
      words.add(from == to ? Long.toString(from) : from + "-" + to);
    }
  }
}
