// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cryptography assessment (GB/T 39786-2021 by the units of GB/T 43206-2023) as scores need it.
 *
 * @param system name of the system, for people
 * @param level level of the system, 1..4
 * @param units assessed units, each clause once; one that is left out counts as untested
 * @param risks what remains, with grade
 */
public record MipingAssessment(
    @Nullable String system, int level, List<Unit> units, List<Risk> risks) {

  public MipingAssessment {
    Invalid.unless(level >= 1 && level <= 4, "level", "must be 1..4");
    units = Invalid.present(units, "units");
    risks = risks == null ? List.of() : Invalid.present(risks, "risks");
    Set<String> clauses = new HashSet<>();
    for (Unit unit : units) {
      Invalid.unless(clauses.add(unit.clause()), unit.clause(), "stands twice");
    }
  }

  /**
   * A unit: objects where it is technical, results where it is of management.
   *
   * @param clause of GB/T 43206-2023, for example {@code 6.1.1}
   * @param name for people
   */
  public record Unit(
      String clause, @Nullable String name, List<CryptoObject> objects, List<Result> results) {

    public Unit {
      Invalid.unless(clause != null && !clause.isBlank(), "units", "a unit has no clause");
      objects = objects == null ? List.of() : Invalid.present(objects, clause + " objects");
      results = results == null ? List.of() : Invalid.present(results, clause + " results");
      Invalid.unless(
          objects.isEmpty() != results.isEmpty(), clause, "has either objects or results");
    }
  }

  /**
   * What was assessed for a technical unit.
   *
   * @param name for people
   * @param result not-applicable or unsettled; absent where D, A and K say it
   * @param effective D: cryptography is used and works (密码使用有效性)
   * @param compliant A: algorithm and technique conform (密码算法/技术合规性)
   * @param keysManaged K: keys are managed safely (密钥管理安全)
   * @param strength of the algorithm in bits, needed where A does not hold
   * @param moduleLevel level of the certified module that manages the keys, 0 for none
   * @param keyRequirementsMet whether the other requirements on key management are met
   * @param compensatedBy score of what makes up for this one, 0..1, where the assessor confirmed it
   */
  public record CryptoObject(
      @Nullable String name,
      @Nullable Result result,
      @JsonProperty("D") @Nullable Boolean effective,
      @JsonProperty("A") @Nullable Boolean compliant,
      @JsonProperty("K") @Nullable Boolean keysManaged,
      @Nullable Integer strength,
      int moduleLevel,
      boolean keyRequirementsMet,
      @Nullable BigDecimal compensatedBy) {

    public CryptoObject {
      if (result == null) {
        Invalid.unless(effective != null, name, "D is missing");
        Invalid.unless(
            !Boolean.TRUE.equals(effective) || (compliant != null && keysManaged != null),
            name,
            "A or K is missing");
        Invalid.unless(
            !Boolean.TRUE.equals(effective)
                || !Boolean.FALSE.equals(compliant)
                || (strength != null && strength >= 0),
            name,
            "A does not hold: strength is missing");
      } else {
        Invalid.unless(
            !result.applicable() || result.unsettled(), name, "is said by D, A and K, not result");
      }
      Invalid.unless(moduleLevel >= 0, name, "moduleLevel must not be negative");
      Invalid.unless(
          compensatedBy == null
              || (compensatedBy.signum() >= 0 && compensatedBy.compareTo(BigDecimal.ONE) <= 0),
          name,
          "compensatedBy must be 0..1");
    }

    boolean applicable() {
      return result == null || result.applicable();
    }

    boolean unsettled() {
      return result != null && result.unsettled();
    }

    boolean holds(@Nullable Boolean said) {
      return Boolean.TRUE.equals(said);
    }
  }
}
