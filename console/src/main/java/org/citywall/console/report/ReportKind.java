// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.console.ConsoleErrorCode;

/** What of a round a report is about. */
public enum ReportKind {
  /** Level protection, and frameworks that no rule scores. */
  DJBH("djbh", "网络安全等级测评报告", Set.of(Family.DJBH, Family.PLAIN)),
  MIPING("miping", "商用密码应用安全性评估报告", Set.of(Family.MIPING)),
  INDEX("index", "数据安全指数报告", Set.of(Family.INDEX)),
  /** What is still to be mended, addressed to who has to mend it; of all frameworks. */
  RECTIFICATION("rectification", "网络安全整改通知书", Set.of(Family.values()));

  private final String word;
  private final String title;
  private final Set<Family> families;

  ReportKind(String word, String title, Set<Family> families) {
    this.word = word;
    this.title = title;
    this.families = families;
  }

  public String word() {
    return word;
  }

  /** What the printed report is called. */
  String title() {
    return title;
  }

  /** Whether it tells of frameworks of this family. */
  public boolean tellsOf(Family family) {
    return families.contains(family);
  }

  /** The kind of this word; {@code CON-0072} where there is none. */
  public static ReportKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new PlatformException(
                    ConsoleErrorCode.REPORT_REFUSED,
                    "reports are "
                        + Arrays.stream(values())
                            .map(ReportKind::word)
                            .collect(Collectors.joining(", "))));
  }
}
