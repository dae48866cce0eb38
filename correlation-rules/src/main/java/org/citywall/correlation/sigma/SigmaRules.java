// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.ErrorCode;

/**
 * The rules of some files, with the filters applied that were among them.
 *
 * @param rules rules that stand, in the order of the files
 * @param correlations correlations that stand, each after those it builds on
 * @param dormant correlations that build on rules that were not loaded, so cannot fire
 * @param filters how many filters were applied
 * @param notices what was taken but does less than it says, and why
 * @param rejections every document that was not taken
 */
public record SigmaRules(
    List<SigmaRule> rules,
    List<SigmaCorrelation> correlations,
    List<SigmaCorrelation> dormant,
    int filters,
    List<Remark> notices,
    List<Remark> rejections) {

  public SigmaRules {
    rules = List.copyOf(rules);
    correlations = List.copyOf(correlations);
    dormant = List.copyOf(dormant);
    notices = List.copyOf(notices);
    rejections = List.copyOf(rejections);
  }

  /** What is wrong with a document, or with a whole file. */
  public record Remark(Place place, String title, ErrorCode code, String reason) {}

  /** A file by the name that places give it, and its text. */
  public record Source(String file, String yaml) {}

  /**
   * Reads files, and below folders all {@code .yml} and {@code .yaml} files in the order of their
   * names. A path that cannot be read is a rejection, too.
   */
  public static SigmaRules read(List<Path> paths, Placeholders placeholders) {
    List<Remark> unreadable = new ArrayList<>();
    return RuleSetBuilder.build(RuleFiles.read(paths, unreadable), unreadable, placeholders);
  }

  /** Reads texts. */
  public static SigmaRules of(List<Source> sources, Placeholders placeholders) {
    return RuleSetBuilder.build(sources, List.of(), placeholders);
  }

  /** Whether hits of this rule count by themselves, not only towards a correlation. */
  public boolean standsAlone(SigmaRule rule) {
    return standsAlone(rule.id(), rule.name());
  }

  /** Whether hits of this correlation count by themselves. */
  public boolean standsAlone(SigmaCorrelation correlation) {
    return standsAlone(correlation.id(), correlation.name());
  }

  private boolean standsAlone(String id, String name) {
    return correlations.stream()
        .allMatch(
            c ->
                c.generate()
                    || !(c.rules().contains(id) || (!name.isEmpty() && c.rules().contains(name))));
  }

  /** What each rule and correlation says, so that two sets that differ in anything differ here. */
  public List<String> contents() {
    List<String> contents = new ArrayList<>();
    for (SigmaRule rule : rules) {
      contents.add(
          String.join(
              "\n",
              rule.id(),
              rule.name(),
              rule.title(),
              rule.level(),
              rule.tags().toString(),
              rule.logSource().toString(),
              rule.expression().toString()));
    }
    for (SigmaCorrelation correlation : correlations) {
      contents.add(
          String.join(
              "\n",
              correlation.name(),
              correlation.title(),
              correlation.level(),
              correlation.tags().toString(),
              String.valueOf(correlation.generate()),
              CorrelationInput.digest(correlation, List.of())));
    }
    return contents;
  }

  /** Everything that was taken. */
  public int loaded() {
    return rules.size() + correlations.size() + dormant.size() + filters;
  }
}
