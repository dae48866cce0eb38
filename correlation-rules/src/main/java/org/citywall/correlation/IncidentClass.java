// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Objects;

/**
 * How GB/T 20986-2023 would call and grade what a rule finds. Names and grades are from memory and
 * to be confirmed; the grade is where an officer begins, not where the incident ends.
 */
public record IncidentClass(Category category, Grade grade) {

  public IncidentClass {
    Objects.requireNonNull(category, "category is missing");
    Objects.requireNonNull(grade, "grade is missing");
  }

  /** Categories of incidents. */
  public enum Category {
    /** 恶意程序事件. */
    MALWARE,
    /** 网络攻击事件. */
    NETWORK_ATTACK,
    /** 数据安全事件. */
    DATA_SECURITY,
    /** 违规操作事件. */
    VIOLATION,
    /** 安全隐患事件. */
    HAZARD,
    /** 异常行为事件. */
    ABNORMAL_BEHAVIOUR
  }

  /** Grades, the lightest first. */
  public enum Grade {
    /** 一般事件. */
    GENERAL,
    /** 较大事件. */
    CONSIDERABLE,
    /** 重大事件. */
    MAJOR,
    /** 特别重大事件. */
    ESPECIALLY_MAJOR
  }
}
