// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.citywall.correlation.sigma.SigmaRules.Source;

/** Rules written down in a test. */
final class RuleText {

  private RuleText() {}

  static SigmaRules read(String yaml) {
    return SigmaRules.of(List.of(new Source("rule.yml", yaml)), Placeholders.NONE);
  }

  /** Rules of which none may be rejected. */
  static List<SigmaRule> rules(String yaml) {
    SigmaRules rules = read(yaml);
    assertThat(rules.rejections()).isEmpty();
    return rules.rules();
  }

  /** One rule with this selection. */
  static SigmaMatcher selecting(String selection) {
    return SigmaMatcher.of(
        rules(
            "title: t\nlogsource: {category: c}\ndetection:\n  condition: sel\n  sel:\n"
                + selection.indent(4)));
  }
}
