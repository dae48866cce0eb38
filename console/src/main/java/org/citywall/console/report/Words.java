// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.util.List;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.console.assessment.DueDate;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RectificationTask;

/** The words of printed reports, which are Chinese as their readers are. */
final class Words {

  private Words() {}

  static String of(Result result) {
    return switch (result) {
      case CONFORM -> "符合";
      case PARTIAL -> "部分符合";
      case NONCONFORM -> "不符合";
      case NOT_APPLICABLE -> "不适用";
      case UNTESTED -> "未测";
      case ERROR -> "检查出错";
      case EVIDENCE_EXPIRED -> "证据过期";
    };
  }

  static String of(ItemResult.Origin origin) {
    return switch (origin) {
      case NOBODY -> "";
      case CHECK -> "自动检查";
      case PERSON -> "人工判定";
      case PLATFORM -> "继承云平台";
    };
  }

  static String of(DueDate.Duty duty) {
    return switch (duty) {
      case EXPERT_REVIEW -> "专家评审";
      case FILING -> "备案";
      case RE_FILING -> "备案更新";
      case ASSESSMENT -> "等级测评";
    };
  }

  static String of(RiskGrade grade) {
    return switch (grade) {
      case HIGH -> "高";
      case MEDIUM -> "中";
      case LOW -> "低";
    };
  }

  static String of(RectificationTask.State state) {
    return switch (state) {
      case OPEN -> "待整改";
      case MENDED -> "待复测";
      case CLOSED -> "已完成";
    };
  }

  static String of(List<Evidence> evidence) {
    return String.join("；", evidence.stream().map(Words::of).toList());
  }

  private static String of(Evidence one) {
    String what = one.leaf() != null ? "日志条目 " + one.leaf() : "sha256:" + one.sha256();
    return one.name()
        + "（"
        + what
        + "，证明时间 "
        + one.from()
        + " 至 "
        + one.to()
        + "，登记于 "
        + one.recordedAt()
        + "）";
  }
}
