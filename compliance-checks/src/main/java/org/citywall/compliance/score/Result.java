// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What the assessment of one object against one item came to. */
public enum Result {
  @JsonProperty("conform")
  @JsonAlias("符合")
  CONFORM(2),
  @JsonProperty("partial")
  @JsonAlias("部分符合")
  PARTIAL(1),
  @JsonProperty("nonconform")
  @JsonAlias("不符合")
  NONCONFORM(0),
  @JsonProperty("not-applicable")
  @JsonAlias("不适用")
  NOT_APPLICABLE(0),
  @JsonProperty("untested")
  @JsonAlias("未测")
  UNTESTED(0),
  @JsonProperty("error")
  @JsonAlias("检查出错")
  ERROR(0),
  @JsonProperty("evidence-expired")
  @JsonAlias("证据过期")
  EVIDENCE_EXPIRED(0);

  private final int halves;

  Result(int halves) {
    this.halves = halves;
  }

  /** Degree of conformity in halves: 2 conforms, 1 partly, 0 not, which unsettled counts as. */
  int halves() {
    return halves;
  }

  boolean applicable() {
    return this != NOT_APPLICABLE;
  }

  /** Whether somebody still has to say what it is. */
  boolean unsettled() {
    return this == UNTESTED || this == ERROR || this == EVIDENCE_EXPIRED;
  }
}
