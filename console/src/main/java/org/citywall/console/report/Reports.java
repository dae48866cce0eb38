// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.score.RuleName;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Acts;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RectificationTask.State;
import org.citywall.console.assessment.RoundView;
import org.citywall.console.state.AuditTrail;
import org.jspecify.annotations.Nullable;

/** Makes reports; each that goes out is an entry of the log. Safe for use by several threads. */
public final class Reports {

  /** Proofs of one report; further entries are named by leaf alone. */
  private static final int MAX_PROOFS = 200;

  private static final int MAX_ACTS = 2000;
  private static final int MAX_TASKS = 200;

  private final Assessments assessments;
  private final Rectification rectification;
  private final EvidenceLog log;
  private final AuditTrail trail;
  private final Clock clock;
  private final @Nullable String logKey;
  private final ReportFont font;

  /**
   * @param logKey verifier key of the log, or null where the process has none
   */
  public Reports(
      Assessments assessments,
      Rectification rectification,
      EvidenceLog log,
      AuditTrail trail,
      Clock clock,
      @Nullable String logKey,
      ReportFont font) {
    this.assessments = assessments;
    this.rectification = rectification;
    this.log = log;
    this.trail = trail;
    this.clock = clock;
    this.logKey = logKey;
    this.font = font;
  }

  /**
   * The report in a format. {@code CON-0062} while items are not settled, unless a draft will do or
   * it is a notice; {@code CON-0052} where the round has nothing that the kind tells of.
   */
  public byte[] make(
      Actor actor, AssessmentId id, ReportKind kind, ReportFormat format, boolean draft) {
    RoundView round = assessments.get(id);
    List<String> unsettled =
        kind == ReportKind.RECTIFICATION ? List.of() : assessments.unsettled(round);
    if (!unsettled.isEmpty() && !draft) {
      throw new PlatformException(
          ConsoleErrorCode.ASSESSMENT_UNSETTLED,
          unsettled.size() + " items, first " + unsettled.getFirst());
    }
    AssessmentReport report = report(kind, round, !unsettled.isEmpty());
    byte[] bytes = bytes(report, format);
    trail.exported(actor, "assessment." + format.word(), id + " " + kind.word());
    return bytes;
  }

  private byte[] bytes(AssessmentReport report, ReportFormat format) {
    return switch (format) {
      case JSON -> JsonReport.bytes(report);
      case OSCAL_RESULTS -> OscalReport.results(report);
      case OSCAL_POAM -> OscalReport.poam(report);
      case XLSX -> XlsxReport.bytes(report);
      case PDF -> {
        byte[] json = JsonReport.bytes(report);
        yield PdfReport.bytes(printed(report, json), json, font);
      }
      case DOCX -> DocxReport.bytes(printed(report, JsonReport.bytes(report)));
    };
  }

  private static PrintedReport printed(AssessmentReport report, byte[] json) {
    return ReportText.of(report, Hash.sha256(json).hex());
  }

  private AssessmentReport report(ReportKind kind, RoundView round, boolean draft) {
    AssessmentId id = round.assessment().id();
    List<Acts.Done> acts = assessments.acts(id, MAX_ACTS);
    Set<String> told =
        round.frameworks().stream()
            .filter(framework -> kind.tellsOf(framework.family()))
            .map(Catalogue::id)
            .collect(Collectors.toSet());
    List<RectificationTask> tasks =
        rectification.page(null, id, 0, MAX_TASKS).stream()
            .filter(task -> told.contains(task.key().framework()))
            .filter(task -> kind != ReportKind.RECTIFICATION || task.state() != State.CLOSED)
            .toList();
    AssessmentReport report =
        new AssessmentReport(
            kind,
            round,
            assessments.scores(round).stream().filter(one -> tells(kind, one.rule())).toList(),
            tasks,
            acts,
            draft,
            clock.instant(),
            assessments.today(),
            log.size(),
            logKey,
            proofs(round, acts));
    if (report.frameworks().isEmpty() || kind == ReportKind.RECTIFICATION && tasks.isEmpty()) {
      throw new PlatformException(ConsoleErrorCode.REPORT_EMPTY, id + " " + kind.word());
    }
    return report;
  }

  private static boolean tells(ReportKind kind, RuleName rule) {
    return kind.tellsOf(
        switch (rule) {
          case DJBH_2021, DJBH_2025 -> Family.DJBH;
          case MIPING_2021, MIPING_2023 -> Family.MIPING;
          case INDEX -> Family.INDEX;
        });
  }

  /** Evidence first, then the latest acts. */
  private Map<Long, String> proofs(RoundView round, List<Acts.Done> acts) {
    TreeSet<Long> wanted = new TreeSet<>();
    for (ItemResult result : round.results()) {
      round.evidence(result.key()).stream()
          .map(Evidence::leaf)
          .filter(Objects::nonNull)
          .forEach(wanted::add);
    }
    acts.stream()
        .filter(act -> act.leaf().isPresent())
        .limit(MAX_PROOFS)
        .forEach(act -> wanted.add(act.leaf().getAsLong()));
    Map<Long, String> proofs = new TreeMap<>();
    for (Long leaf : wanted) {
      if (proofs.size() < MAX_PROOFS) {
        proof(leaf, proofs);
      }
    }
    return proofs;
  }

  private void proof(long leaf, Map<Long, String> proofs) {
    try {
      proofs.put(leaf, EntryProofs.toText(log.prove(leaf)));
    } catch (PlatformException e) {
      // No checkpoint covers it yet: the report names the leaf, and the log proves it later.
    }
  }
}
