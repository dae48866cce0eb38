// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;

/** Formats in which a report can be had. */
public enum ReportFormat {
  /** Everything, for programs and for recomputation. */
  JSON("json", "application/json", ".json"),
  /** OSCAL 1.1 assessment results. */
  OSCAL_RESULTS("oscal-results", "application/json", ".oscal-results.json"),
  /** OSCAL 1.1 plan of action and milestones. */
  OSCAL_POAM("oscal-poam", "application/json", ".oscal-poam.json"),
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
  PDF("pdf", "application/pdf", ".pdf"),
  DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx");

  private final String word;
  private final String mediaType;
  private final String suffix;

  ReportFormat(String word, String mediaType, String suffix) {
    this.word = word;
    this.mediaType = mediaType;
    this.suffix = suffix;
  }

  public String word() {
    return word;
  }

  public String mediaType() {
    return mediaType;
  }

  /** End of a file's name. */
  public String suffix() {
    return suffix;
  }

  /** The format of this word; {@code CON-0072} where there is none. */
  public static ReportFormat of(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new PlatformException(
                    ConsoleErrorCode.REPORT_REFUSED,
                    "formats are "
                        + Arrays.stream(values())
                            .map(ReportFormat::word)
                            .collect(Collectors.joining(", "))));
  }
}
