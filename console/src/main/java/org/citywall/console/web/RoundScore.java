// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a closed round came to under one rule.
 *
 * @param rule with its version
 * @param score two decimals, or null where the rule gave none
 */
public record RoundScore(String rule, @Nullable String score, String conclusion) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static List<RoundScore> read(@Nullable String stored) {
    List<RoundScore> scores = new ArrayList<>();
    if (stored != null) {
      for (JsonNode one : JSON.readTree(stored)) {
        JsonNode score = one.get("score");
        scores.add(
            new RoundScore(
                one.get("rule").asString(),
                score == null || score.isNull() ? null : score.decimalValue().toPlainString(),
                one.get("conclusion").asString()));
      }
    }
    return scores;
  }
}
