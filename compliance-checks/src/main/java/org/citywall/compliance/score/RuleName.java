// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;

/** The scoring rules there are. */
public enum RuleName {
  /** Level protection, report template of 2021: deduction score. */
  DJBH_2021("djbh-2021"),
  /** Level protection, report template of 2025: conformity rate and major hazards. */
  DJBH_2025("djbh-2025"),
  /** Cryptography assessment, quantification rules of 2021. */
  MIPING_2021("miping-2021"),
  /** Cryptography assessment, quantification rules of 2023. */
  MIPING_2023("miping-2023"),
  /** The city's index of seven dimensions. */
  INDEX("index");

  private final String id;

  RuleName(String id) {
    this.id = id;
  }

  /** Name on the command line and in files. */
  @JsonValue
  public String id() {
    return id;
  }

  /** The rule of this name; {@code CMP-0002} where there is none. */
  @JsonCreator
  public static RuleName of(String id) {
    return Arrays.stream(values())
        .filter(name -> name.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new PlatformException(
                    ComplianceErrorCode.RULE_INVALID,
                    "no scoring rule '" + id + "'; there are " + all()));
  }

  private static String all() {
    return Arrays.stream(values()).map(RuleName::id).collect(Collectors.joining(", "));
  }
}
