// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.log.verify.Finding;
import tools.jackson.core.JsonGenerator;

/** Prints what a verification found. */
final class FindingLines {

  private FindingLines() {}

  static void print(List<Finding> findings, long more, PrintWriter out) {
    for (Finding finding : findings) {
      out.printf(
          Locale.ROOT,
          "%-12s %s%s%s: %s%n",
          name(finding),
          finding.file(),
          finding.leaf() == Finding.NONE ? "" : " leaf " + finding.leaf(),
          finding.position() == Finding.NONE ? "" : " byte " + finding.position(),
          finding.explanation());
    }
    if (more > 0) {
      out.printf(Locale.ROOT, "and %d more findings%n", more);
    }
  }

  static void write(List<Finding> findings, long more, JsonGenerator object) {
    object.writeArrayPropertyStart("findings");
    findings.forEach(finding -> write(finding, object));
    object.writeEndArray();
    object.writeNumberProperty("moreFindings", more);
  }

  private static void write(Finding finding, JsonGenerator object) {
    object.writeStartObject();
    object.writeStringProperty("class", name(finding));
    object.writeStringProperty("file", finding.file());
    if (finding.leaf() != Finding.NONE) {
      object.writeNumberProperty("leaf", finding.leaf());
    }
    if (finding.position() != Finding.NONE) {
      object.writeNumberProperty("byte", finding.position());
    }
    object.writeStringProperty("explanation", finding.explanation());
    object.writeEndObject();
  }

  /** The name of an enumerated value on the command line. */
  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(Finding finding) {
    return switch (finding) {
      case Finding.Altered _ -> "altered";
      case Finding.Missing _ -> "missing";
      case Finding.Lawful _ -> "lawful";
      case Finding.Remark _ -> "remark";
    };
  }
}
