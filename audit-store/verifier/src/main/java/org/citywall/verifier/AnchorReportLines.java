// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.util.Locale;
import org.citywall.audit.anchor.AnchorReport;
import tools.jackson.core.JsonGenerator;

/** Prints the outcome of {@code verify anchors}. */
final class AnchorReportLines {

  private AnchorReportLines() {}

  static void print(AnchorReport report, PrintWriter out) {
    out.printf(Locale.ROOT, "verdict      %s%n", FindingLines.name(report.verdict()));
    out.printf(Locale.ROOT, "log          %s%n", report.origin());
    out.printf(
        Locale.ROOT,
        "key          %s%s%n",
        report.key(),
        report.keyTrusted() ? "" : " (the log's claim)");
    out.printf(Locale.ROOT, "signed size  %d%n", report.size());
    out.printf(Locale.ROOT, "as of        %s%n", report.asOf());
    out.printf(
        Locale.ROOT,
        "anchors      %d tokens, %d cosignatures%n",
        count(report, AnchorReport.Kind.TOKEN),
        count(report, AnchorReport.Kind.COSIGNATURE));
    AnchorReport.Reached quorum = report.quorum();
    if (quorum != null) {
      out.printf(Locale.ROOT, "quorum       size %d at %s%n", quorum.size(), quorum.at());
    }
    FindingLines.print(report.findings(), report.moreFindings(), out);
    out.flush();
  }

  private static long count(AnchorReport report, AnchorReport.Kind kind) {
    return report.anchors().stream().filter(anchor -> anchor.kind() == kind).count();
  }

  static void printJson(AnchorReport report, PrintWriter out) {
    try (JsonGenerator object = JsonLines.to(out)) {
      object.writeStartObject();
      object.writeStringProperty("mode", "anchors");
      object.writeStringProperty("verdict", FindingLines.name(report.verdict()));
      object.writeStringProperty("asOf", report.asOf().toString());
      object.writeStringProperty("origin", report.origin());
      object.writeStringProperty("key", report.key());
      object.writeBooleanProperty("keyTrusted", report.keyTrusted());
      object.writeNumberProperty("signedEntries", report.size());
      object.writeStringProperty("root", report.root());
      object.writeName("quorum");
      AnchorReport.Reached quorum = report.quorum();
      if (quorum == null) {
        object.writeNull();
      } else {
        object.writeStartObject();
        object.writeNumberProperty("size", quorum.size());
        object.writeStringProperty("at", quorum.at().toString());
        object.writeEndObject();
      }
      object.writeArrayPropertyStart("anchors");
      report.anchors().forEach(anchor -> write(anchor, object));
      object.writeEndArray();
      FindingLines.write(report.findings(), report.moreFindings(), object);
      object.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private static void write(AnchorReport.Anchor anchor, JsonGenerator object) {
    object.writeStartObject();
    object.writeStringProperty("kind", FindingLines.name(anchor.kind()));
    object.writeStringProperty("who", anchor.who());
    object.writeNumberProperty("size", anchor.size());
    object.writeStringProperty("time", anchor.time().toString());
    object.writeStringProperty("file", anchor.file());
    object.writeEndObject();
  }
}
