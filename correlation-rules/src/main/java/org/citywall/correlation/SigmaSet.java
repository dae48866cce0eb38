// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.correlation.sigma.SigmaRules;

/**
 * Sigma rules that an engine runs, and from which level on a hit becomes an alert.
 *
 * @param rules what was loaded, and what was not and why
 * @param floor hits below it raise nothing; correlations count them all the same
 * @param digest SHA-256 in hexadecimal of everything that changes what the rules do
 */
public record SigmaSet(SigmaRules rules, Level floor, String digest) {

  /** No rules at all. */
  public static final SigmaSet NONE =
      of(SigmaRules.of(List.of(), Placeholders.NONE), Level.CRITICAL);

  /** How grave a hit is, in the words of the specification. */
  public enum Level {
    INFORMATIONAL(Severity.LOW),
    LOW(Severity.LOW),
    MEDIUM(Severity.MEDIUM),
    HIGH(Severity.HIGH),
    CRITICAL(Severity.CRITICAL);

    private final Severity severity;

    Level(Severity severity) {
      this.severity = severity;
    }

    /** The level as a rule gives it; a rule that gives none counts as medium. */
    static Level of(String text) {
      return text.isEmpty() ? MEDIUM : valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Form of the built-in rules that make alerts of hits of this level. */
    String variant() {
      return severity.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The rules of files and folders. */
  public static SigmaSet read(List<Path> paths, Placeholders placeholders, Level floor) {
    return of(SigmaRules.read(paths, placeholders), floor);
  }

  public static SigmaSet of(SigmaRules rules, Level floor) {
    List<Object> content = new ArrayList<>();
    content.add(floor);
    content.addAll(rules.contents());
    return new SigmaSet(rules, floor, Digest.ofJson(content));
  }

  /** How many rules and correlations run. */
  public int size() {
    return rules.rules().size() + rules.correlations().size();
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** Name of this state for people, for example {@code sigma:3754@1f0c9a2b7d44}. */
  String version() {
    return "sigma:" + size() + '@' + digest.substring(0, 12);
  }
}
