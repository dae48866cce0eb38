// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import org.citywall.compliance.score.RuleName;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a file gives a rule to score: an assessment, or a report that holds one for each rule. */
final class ScoredFile {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ScoredFile() {}

  /** The assessment within a report; any other text as it is, for the rule to judge. */
  static String assessment(RuleName rule, String text) {
    try {
      for (JsonNode score : JSON.readTree(text).path("scores")) {
        if (score.path("rule").asString("").equals(rule.id()) && score.has("input")) {
          return score.get("input").toString();
        }
      }
    } catch (JacksonException e) {
      // The rule says what is wrong with it.
    }
    return text;
  }
}
