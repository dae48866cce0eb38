// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proposes category and level of columns by their names, comments, types and lengths, and by
 * samples where there are any. Decides nothing. Safe for use by several threads.
 */
public final class Detector {

  private static final int WHOLE_NAME = 90;
  private static final int CHINESE_NAME = 90;
  private static final int COMMENT = 80;
  private static final int PART_OF_NAME = 75;
  private static final int CHECKED = 95;
  private static final int LOOKS_SO = 65;
  private static final int SUPPORT = 5;
  private static final int CONTRADICTION = 40;
  private static final int LEAST = 50;
  private static final int MOST = 99;

  /** Letters of a word that may stand for something else within a longer name. */
  private static final int SHORT = 3;

  private static final int LEAST_VALUES = 5;
  private static final double MOST_OF_THEM = 0.8;
  private static final double HARDLY_ANY = 0.1;

  private final DetectionRules rules;
  private final int highestLevel;

  /**
   * A detector.
   *
   * @param highestLevel of the scheme; levels above it become it
   */
  public Detector(DetectionRules rules, int highestLevel) {
    this.rules = rules;
    this.highestLevel = highestLevel;
  }

  /** A score and what it comes from. */
  private record Evidence(int score, List<String> reasons) {

    static final Evidence NONE = new Evidence(0, List.of());

    Evidence changed(int by, String reason) {
      List<String> all = new ArrayList<>(reasons);
      all.add(reason);
      return new Evidence(score + by, all);
    }
  }

  /** The proposals for a table; columns about which nothing is known have none. */
  public List<Proposal> propose(LiveTable table, Samples samples) {
    Map<String, List<String>> values = samples.of(table);
    List<Proposal> proposals = new ArrayList<>();
    for (LiveColumn column : table.columns().values()) {
      propose(table, column, values.getOrDefault(column.name(), List.of()))
          .ifPresent(proposals::add);
    }
    return proposals;
  }

  private Optional<Proposal> propose(LiveTable table, LiveColumn column, List<String> values) {
    List<String> words = ColumnWords.of(column.name());
    DetectionRule best = null;
    Evidence most = Evidence.NONE;
    for (DetectionRule rule : rules.rules()) {
      if (rule.fits(column.type())) {
        Evidence evidence = byValues(rule, values, byName(rule, column, words));
        if (evidence.score() > most.score()) {
          best = rule;
          most = evidence;
        }
      }
    }
    if (best == null || most.score() < LEAST) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>(most.reasons());
    reasons.add("type " + column.type().sqlName());
    return Optional.of(
        new Proposal(
            table.name(),
            column,
            best.category(),
            Math.min(best.level(), highestLevel),
            Math.min(most.score(), MOST),
            reasons));
  }

  private Evidence byName(DetectionRule rule, LiveColumn column, List<String> words) {
    Evidence byWords = byWords(rule, words);
    Evidence byTerms = byTerms(rule, column, words);
    if (byWords.score() > 0 && byTerms.score() > 0) {
      Evidence more = byWords.score() >= byTerms.score() ? byWords : byTerms;
      Evidence less = more.equals(byWords) ? byTerms : byWords;
      return more.changed(SUPPORT, String.join(", ", less.reasons()));
    }
    return byWords.score() > 0 ? byWords : byTerms;
  }

  private Evidence byWords(DetectionRule rule, List<String> words) {
    Evidence best = Evidence.NONE;
    for (List<String> name : rule.names()) {
      int at = ColumnWords.find(words, name);
      if (at >= 0) {
        int score = score(words, name, at);
        if (score > best.score() && !isAbout(rule, words, at, name.size())) {
          best = new Evidence(score, List.of("name has " + String.join("_", name)));
        }
      }
    }
    return best;
  }

  private static int score(List<String> words, List<String> name, int at) {
    if (words.size() == name.size()) {
      return WHOLE_NAME;
    }
    int letters = name.stream().mapToInt(String::length).sum();
    boolean last = at + name.size() == words.size();
    return letters > SHORT || last ? PART_OF_NAME : 0;
  }

  /** Whether words beside these say that it is something about the thing. */
  private boolean isAbout(DetectionRule rule, List<String> words, int at, int length) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean beside = i < at || i >= at + length;
      if (beside && (rule.not().contains(word) || isAbout(rule, word))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAbout(DetectionRule rule, String word) {
    return rules.about().contains(word) && !rule.overrides().contains(word);
  }

  private Evidence byTerms(DetectionRule rule, LiveColumn column, List<String> words) {
    for (String term : rule.terms()) {
      for (String word : words) {
        if (word.contains(term.toLowerCase(Locale.ROOT)) && !tellsOther(rule, word, term)) {
          return new Evidence(CHINESE_NAME, List.of("name has " + term));
        }
      }
      if (column.comment().contains(term) && !tellsOther(rule, column.comment(), term)) {
        return new Evidence(COMMENT, List.of("comment has " + term));
      }
    }
    return Evidence.NONE;
  }

  private boolean tellsOther(DetectionRule rule, String text, String term) {
    String beside = text.replace(term, " ");
    return contains(beside, rule.not(), Set.of())
        || contains(beside, rules.about(), rule.overrides());
  }

  private static boolean contains(String text, Set<String> words, Set<String> but) {
    return words.stream()
        .filter(word -> word.codePointAt(0) > 0x7f && !but.contains(word))
        .anyMatch(text::contains);
  }

  private static Evidence byValues(DetectionRule rule, List<String> values, Evidence byName) {
    if (values.size() < LEAST_VALUES || !rule.knowsValues()) {
      return byName;
    }
    double checked = share(values.stream().filter(rule::isChecked).count(), values);
    double alike = share(values.stream().filter(rule::looksSo).count(), values);
    if (checked >= MOST_OF_THEM) {
      String reason = percent(checked) + " of " + values.size() + " values have its check digit";
      return byName.score() >= CHECKED
          ? byName.changed(SUPPORT, reason)
          : byName.changed(CHECKED - byName.score(), reason);
    }
    if (alike >= MOST_OF_THEM) {
      String reason = percent(alike) + " of " + values.size() + " values look so";
      return byName.changed(byName.score() > 0 ? SUPPORT : LOOKS_SO, reason);
    }
    return byName.score() > 0 && alike <= HARDLY_ANY
        ? byName.changed(
            -CONTRADICTION, percent(alike) + " of " + values.size() + " values look so")
        : byName;
  }

  private static double share(long part, List<String> values) {
    return (double) part / values.size();
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }
}
