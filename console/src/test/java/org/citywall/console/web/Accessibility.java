// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe finds on a page as it stands. */
final class Accessibility {

  private static final List<String> GRAVE = List.of("serious", "critical");

  private Accessibility() {}

  /** Grave findings, each with the first element it is about. */
  static List<String> graveFindings(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(rule -> GRAVE.contains(rule.getImpact()))
            .map(Accessibility::described)
            .toList();
  }

  private static String described(Rule rule) {
    return rule.getId() + " " + rule.getNodes().getFirst().getHtml();
  }
}
