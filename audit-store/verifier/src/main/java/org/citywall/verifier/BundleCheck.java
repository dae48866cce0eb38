// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.audit.anchor.AnchorReport;
import org.citywall.audit.bundle.BundleManifest;
import org.citywall.audit.bundle.BundleReport;
import org.citywall.audit.bundle.BundleVerifier;
import org.citywall.audit.bundle.EvidenceBundle;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code citywall verify --bundle}: checks an evidence bundle and prints what it proves. */
final class BundleCheck {

  private final boolean trusting;
  private final BundleReport report;

  private BundleCheck(BundleReport report, boolean trusting) {
    this.report = report;
    this.trusting = trusting;
  }

  /**
   * @param key the key to trust; null where the policy names it, or nobody does
   * @param policy names the log's keys and who has to vouch for them; null for none
   * @param now when certificates have to be valid
   */
  static BundleCheck of(Path file, @Nullable String key, @Nullable Path policy, Instant now) {
    EvidenceBundle bundle = EvidenceBundle.read(file);
    if (policy != null) {
      AnchorPolicy read = AnchorPolicy.read(policy);
      return new BundleCheck(BundleVerifier.verify(bundle, read, now), !read.logs().isEmpty());
    }
    List<VerifierKey> trusted = key == null ? List.of() : List.of(VerifierKey.parse(key));
    return new BundleCheck(BundleVerifier.verify(bundle, trusted), key != null);
  }

  int exitCode() {
    return report.verdict().exitCode();
  }

  void print(PrintWriter out) {
    BundleManifest manifest = report.manifest();
    line(out, "verdict", FindingLines.name(report.verdict()));
    line(out, "log", manifest.origin());
    line(out, "key", report.key() + (trusting ? "" : " (the bundle's claim)"));
    if (report.sm3Key() != null) {
      line(out, "SM2 key", report.sm3Key().toString());
    }
    line(out, "signed size", Long.toString(manifest.size()));
    if (report.signedAt() != null) {
      line(out, "signed at", report.signedAt().toString());
    }
    line(
        out, "made", manifest.made() + " by " + manifest.person() + ", entry " + manifest.record());
    line(out, "reason", manifest.reason());
    line(out, "selection", manifest.selection());
    manifest.rules().forEach(rule -> line(out, "rule", rule));
    BundleManifest.Counts counts = manifest.counts();
    line(
        out,
        "entries",
        counts.disclosed()
            + " disclosed, "
            + counts.withheld()
            + " withheld, "
            + counts.destroyed()
            + " destroyed");
    for (BundleReport.SourceRun run : report.sources()) {
      line(
          out,
          "source",
          run.source()
              + " epoch "
              + run.epoch()
              + ": "
              + run.first()
              + " to "
              + run.last()
              + ", "
              + run.absent()
              + " of them not in the bundle");
    }
    for (AnchorReport.Anchor anchor : report.anchors()) {
      line(
          out,
          "anchor",
          FindingLines.name(anchor.kind())
              + " by "
              + anchor.who()
              + " at "
              + anchor.time()
              + " over "
              + anchor.size()
              + " entries");
    }
    FindingLines.print(report.findings(), 0, out);
    out.flush();
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf(Locale.ROOT, "%-12s %s%n", name, value);
  }

  void printJson(PrintWriter out) {
    BundleManifest manifest = report.manifest();
    try (JsonGenerator object = JsonLines.to(out)) {
      object.writeStartObject();
      object.writeStringProperty("mode", "bundle");
      object.writeStringProperty("verdict", FindingLines.name(report.verdict()));
      object.writeStringProperty("origin", manifest.origin());
      object.writeStringProperty("key", report.key().toString());
      object.writeBooleanProperty("keyTrusted", trusting);
      object.writeStringProperty(
          "sm3Key", report.sm3Key() == null ? null : report.sm3Key().toString());
      object.writeNumberProperty("signedEntries", manifest.size());
      object.writeStringProperty(
          "signedAt", report.signedAt() == null ? null : report.signedAt().toString());
      object.writeStringProperty("made", manifest.made().toString());
      object.writeStringProperty("person", manifest.person());
      object.writeStringProperty("reason", manifest.reason());
      object.writeStringProperty("selection", manifest.selection());
      object.writeNumberProperty("record", manifest.record());
      object.writeNumberProperty("disclosed", manifest.counts().disclosed());
      object.writeNumberProperty("withheld", manifest.counts().withheld());
      object.writeNumberProperty("destroyed", manifest.counts().destroyed());
      writeSources(object);
      writeAnchors(object);
      writeEvents(object);
      FindingLines.write(report.findings(), 0, object);
      object.writeEndObject();
    }
    out.println();
    out.flush();
  }

  private void writeSources(JsonGenerator object) {
    object.writeArrayPropertyStart("sources");
    for (BundleReport.SourceRun run : report.sources()) {
      object.writeStartObject();
      object.writeStringProperty("source", run.source());
      object.writeNumberProperty("epoch", run.epoch());
      object.writeNumberProperty("first", run.first());
      object.writeNumberProperty("last", run.last());
      object.writeNumberProperty("absent", run.absent());
      object.writeEndObject();
    }
    object.writeEndArray();
  }

  private void writeAnchors(JsonGenerator object) {
    object.writeArrayPropertyStart("anchors");
    for (AnchorReport.Anchor anchor : report.anchors()) {
      object.writeStartObject();
      object.writeStringProperty("kind", FindingLines.name(anchor.kind()));
      object.writeStringProperty("who", anchor.who());
      object.writeStringProperty("time", anchor.time().toString());
      object.writeNumberProperty("size", anchor.size());
      object.writeEndObject();
    }
    object.writeEndArray();
  }

  private void writeEvents(JsonGenerator object) {
    object.writeArrayPropertyStart("events");
    for (LoggedEntry entry : report.disclosed()) {
      object.writeStartObject();
      object.writeNumberProperty("entry.leaf", entry.leaf());
      object.writeStringProperty("entry.kind", FindingLines.name(entry.kind()));
      EventJson.writeMembers(entry.event(), object);
      object.writeEndObject();
    }
    object.writeEndArray();
  }
}
