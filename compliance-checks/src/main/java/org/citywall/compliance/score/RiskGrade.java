// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Grade of a risk that remains after compensating measures. */
public enum RiskGrade {
  @JsonProperty("low")
  @JsonAlias("低")
  LOW,
  @JsonProperty("medium")
  @JsonAlias("中")
  MEDIUM,
  @JsonProperty("high")
  @JsonAlias("高")
  HIGH
}
