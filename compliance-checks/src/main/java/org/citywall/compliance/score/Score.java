// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an assessment comes to under one rule.
 *
 * @param score 0..100, two decimals; null where the rule gives none and a person decides
 * @param conclusion in the words of the rule, or {@link #OPEN}, or {@link #BY_PERSON}
 * @param parts what the score is made of, by name, in the order of the rule
 * @param rule rule and version, for example {@code djbh-2021/1}
 * @param deductions every point that is missing, largest first
 * @param unsettled what nobody has settled yet; not empty means {@link #OPEN}
 * @param toBeConfirmed what of the rule was not checked against the official text
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Score(
    @Nullable BigDecimal score,
    String conclusion,
    Map<String, Object> parts,
    String rule,
    List<Deduction> deductions,
    List<String> unsettled,
    List<String> toBeConfirmed) {

  /** Conclusion while something is not settled: the score is what is reached so far. */
  public static final String OPEN = "未完成";

  /** Conclusion where nothing applies and the rule leaves it to a person. */
  public static final String BY_PERSON = "人工判定";

  public Score {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    deductions = List.copyOf(deductions);
    unsettled = List.copyOf(unsettled);
    toBeConfirmed = List.copyOf(toBeConfirmed);
  }

  /**
   * Points that one item costs.
   *
   * @param item item, unit or indicator
   * @param points of the 100, four decimals
   * @param why how the rule comes to them, as a formula
   */
  public record Deduction(String item, BigDecimal points, String why) {}
}
