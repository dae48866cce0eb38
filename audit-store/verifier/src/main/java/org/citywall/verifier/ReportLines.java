// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.util.Locale;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.log.verify.VerificationReport.Earlier;
import tools.jackson.core.JsonGenerator;

/**
 * Prints the outcome of every mode but {@code anchors}.
 *
 * @param keyTrusted whether the caller named the key
 */
record ReportLines(VerificationReport report, boolean keyTrusted) {

  void print(PrintWriter out) {
    out.printf(Locale.ROOT, "verdict      %s%n", FindingLines.name(report.verdict()));
    out.printf(Locale.ROOT, "log          %s%n", report.origin());
    out.printf(
        Locale.ROOT, "key          %s%s%n", report.key(), keyTrusted ? "" : " (the log's claim)");
    Earlier earlier = report.earlier();
    if (earlier != null) {
      out.printf(
          Locale.ROOT,
          "earlier      %d entries rest on an earlier verification (%s) and were not read now%n",
          earlier.entries(),
          FindingLines.name(earlier.verdict()));
      out.printf(Locale.ROOT, "earlier root %s, which the log continues%n", earlier.root());
    }
    out.printf(Locale.ROOT, "checked      %d entries%n", report.entries());
    out.printf(
        Locale.ROOT,
        "payloads     %d compared, %d sealed and not opened, %d destroyed%n",
        report.payloads(),
        report.closedPayloads(),
        report.shreddedPayloads());
    out.printf(Locale.ROOT, "signed size  %d%n", report.signedEntries());
    if (report.root() != null) {
      out.printf(Locale.ROOT, "root         %s%n", report.root());
    }
    if (report.sm3Key() != null) {
      out.printf(Locale.ROOT, "SM2 key      %s%n", report.sm3Key());
    }
    if (report.sm3Root() != null) {
      out.printf(Locale.ROOT, "SM3 root     %s%n", report.sm3Root());
    }
    if (report.signedAt() != null) {
      out.printf(Locale.ROOT, "signed at    %s%n", report.signedAt());
    }
    out.printf(Locale.ROOT, "checkpoints  %d%n", report.checkpoints());
    CompletenessLines.print(report.completeness(), out);
    FindingLines.print(report.findings(), report.moreFindings(), out);
    out.flush();
  }

  void printJson(PrintWriter out) {
    try (JsonGenerator object = JsonLines.to(out)) {
      object.writeStartObject();
      object.writeStringProperty("mode", report.mode());
      object.writeStringProperty("verdict", FindingLines.name(report.verdict()));
      object.writeStringProperty("origin", report.origin());
      object.writeStringProperty("key", report.key());
      object.writeBooleanProperty("keyTrusted", keyTrusted);
      writeEarlier(object);
      object.writeNumberProperty("entries", report.entries());
      object.writeNumberProperty("payloads", report.payloads());
      object.writeNumberProperty("closedPayloads", report.closedPayloads());
      object.writeNumberProperty("shreddedPayloads", report.shreddedPayloads());
      object.writeNumberProperty("signedEntries", report.signedEntries());
      object.writeStringProperty("root", report.root());
      object.writeStringProperty("sm3Key", report.sm3Key());
      object.writeStringProperty("sm3Root", report.sm3Root());
      object.writeStringProperty(
          "signedAt", report.signedAt() == null ? null : report.signedAt().toString());
      object.writeNumberProperty("checkpoints", report.checkpoints());
      CompletenessLines.write(report.completeness(), object);
      FindingLines.write(report.findings(), report.moreFindings(), object);
      object.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private void writeEarlier(JsonGenerator object) {
    Earlier earlier = report.earlier();
    if (earlier != null) {
      object.writeObjectPropertyStart("earlier");
      object.writeNumberProperty("entries", earlier.entries());
      object.writeStringProperty("root", earlier.root());
      object.writeStringProperty("verdict", FindingLines.name(earlier.verdict()));
      object.writeEndObject();
    }
  }
}
