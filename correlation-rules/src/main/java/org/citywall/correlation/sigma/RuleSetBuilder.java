// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.SigmaRules.Remark;
import org.citywall.correlation.sigma.SigmaRules.Source;
import org.citywall.correlation.sigma.YamlNode.Mapping;

/** Puts rules, correlations and filters of many files together. */
final class RuleSetBuilder {

  private final DocumentReader reader;
  private final List<Remark> rejections;
  private final List<Remark> notices = new ArrayList<>();
  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<SigmaCorrelation> correlations = new ArrayList<>();
  private final List<SigmaFilter> filters = new ArrayList<>();
  private final Map<String, Place> names = new HashMap<>();

  private RuleSetBuilder(Placeholders placeholders, List<Remark> rejections) {
    this.reader = new DocumentReader(placeholders);
    this.rejections = new ArrayList<>(rejections);
  }

  static SigmaRules build(
      List<Source> sources, List<Remark> rejections, Placeholders placeholders) {
    RuleSetBuilder builder = new RuleSetBuilder(placeholders, rejections);
    sources.forEach(builder::add);
    return builder.finish();
  }

  private void add(Source source) {
    List<Mapping> documents = List.of();
    try {
      documents = YamlDocuments.read(source.yaml());
      if (documents.isEmpty()) {
        throw RuleMistake.yaml(1, "the file is empty");
      }
    } catch (RuleMistake mistake) {
      reject(source.file(), "", mistake);
    }
    for (Mapping document : documents) {
      try {
        add(document, source.file());
      } catch (RuleMistake mistake) {
        reject(source.file(), titleOf(document), mistake);
      }
    }
  }

  private void add(Mapping document, String file) {
    if (document.has("action")) {
      throw RuleMistake.unsupported(document.lineOf("action"), "collections by action");
    } else if (document.has("correlation")) {
      SigmaCorrelation correlation = CorrelationReader.read(document, file);
      claim(correlation.id(), correlation.name(), correlation.title(), correlation.place());
      correlations.add(correlation);
    } else if (document.has("filter")) {
      filters.add(reader.filter(document, file));
    } else if (document.has("detection")) {
      SigmaRule rule = reader.rule(document, file);
      claim(rule.id(), rule.name(), rule.title(), rule.place());
      rules.add(rule);
    } else {
      throw RuleMistake.invalid(
          document.line(), "neither a rule (detection) nor a correlation nor a filter");
    }
  }

  /** Rules that share a name all run; whoever refers to the name refers to all of them. */
  private void claim(String id, String name, String title, Place place) {
    for (String key : name.isEmpty() || name.equals(id) ? List.of(id) : List.of(id, name)) {
      Place other = names.putIfAbsent(key, place);
      if (other != null) {
        notice(place, title, key + " is also the rule at " + other);
      }
    }
  }

  private SigmaRules finish() {
    for (SigmaFilter filter : filters) {
      apply(filter);
    }
    List<SigmaCorrelation> ordered = new ArrayList<>();
    List<SigmaCorrelation> waiting = new ArrayList<>(correlations);
    while (waiting.removeIf(c -> stands(c, ordered) && ordered.add(c))) {
      // Correlations may build on correlations: take those whose rules stand, until none is left.
    }
    waiting.forEach(c -> notice(c, ordered));
    return new SigmaRules(rules, ordered, waiting, filters.size(), notices, rejections);
  }

  private void apply(SigmaFilter filter) {
    for (String reference : filter.rules()) {
      if (rules.stream().noneMatch(rule -> rule.isCalled(reference))) {
        notice(filter.place(), filter.title(), "the filter names no loaded rule: " + reference);
      }
    }
    rules.replaceAll(rule -> filter.concerns(rule) ? rule.and(filter.condition()) : rule);
  }

  private boolean stands(SigmaCorrelation correlation, List<SigmaCorrelation> ordered) {
    return correlation.rules().stream().allMatch(reference -> isKnown(reference, ordered));
  }

  private boolean isKnown(String reference, List<SigmaCorrelation> ordered) {
    return rules.stream().anyMatch(rule -> rule.isCalled(reference))
        || ordered.stream().anyMatch(c -> c.isCalled(reference));
  }

  private void notice(SigmaCorrelation correlation, List<SigmaCorrelation> ordered) {
    String missing =
        correlation.rules().stream()
            .filter(reference -> !isKnown(reference, ordered))
            .findFirst()
            .orElse("");
    notice(
        correlation.place(),
        correlation.title(),
        "the correlation builds on no loaded rule, so cannot fire: " + missing);
  }

  private void notice(Place place, String title, String reason) {
    notices.add(new Remark(place, title, CorrelationErrorCode.SIGMA_REFERENCE_UNCLEAR, reason));
  }

  private void reject(String file, String title, RuleMistake mistake) {
    rejections.add(
        new Remark(new Place(file, mistake.line()), title, mistake.code(), mistake.reason()));
  }

  private static String titleOf(Mapping document) {
    return document.get("title") instanceof YamlNode.Scalar title ? title.text() : "";
  }
}
