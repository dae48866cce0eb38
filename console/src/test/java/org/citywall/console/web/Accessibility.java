// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe finds on a page as it stands. */
final class Accessibility {

  private static final List<String> GRAVE = List.of("serious", "critical");

  private static final AxeRunOptions VIOLATIONS = new AxeRunOptions();

  static {
    VIOLATIONS.setResultTypes(List.of("violations"));
  }

  private Accessibility() {}

  /** Grave findings, each with the first element it is about. */
  static List<String> graveFindings(Page page) {
    return new AxeBuilder(page)
            // In the page itself: ours have no frames, for which it would open another page each
            // time.
            .setLegacyMode(true)
            .options(VIOLATIONS)
            .analyze()
            .getViolations()
            .stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Accessibility::described)
            .toList();
  }

  private static String described(Rule rule) {
    return rule.getId() + " " + rule.getNodes().getFirst().getHtml();
  }
}
