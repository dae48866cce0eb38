// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.List;

/**
 * A condition that a site adds to rules it does not own.
 *
 * @param rules ids or names of the rules; empty for all within the log source
 */
record SigmaFilter(
    String title, List<String> rules, LogSource logSource, Expression condition, Place place) {

  SigmaFilter {
    rules = List.copyOf(rules);
  }

  boolean concerns(SigmaRule rule) {
    return rule.logSource().isWithin(logSource)
        && (rules.isEmpty() || rules.stream().anyMatch(rule::isCalled));
  }
}
