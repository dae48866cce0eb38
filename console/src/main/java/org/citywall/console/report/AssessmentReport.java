// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.console.assessment.Acts;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RemainingRisk;
import org.citywall.console.assessment.RoundView;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.jspecify.annotations.Nullable;

/**
 * A round at one moment with all that a report of one kind shows.
 *
 * @param scores by the rules of the kind
 * @param tasks about frameworks of the kind; a notice has those that are not closed
 * @param draft whether items are not settled: such a report says so on every page
 * @param made when
 * @param today day by which expired evidence was told
 * @param asOf entries in the log when it was made
 * @param logKey verifier key of the log, or null where the process has none
 * @param proofs tlog-proof files of entries that the report names, by leaf; entries that no
 *     checkpoint covers yet are absent
 */
public record AssessmentReport(
    ReportKind kind,
    RoundView round,
    List<Scored> scores,
    List<RectificationTask> tasks,
    List<Acts.Done> acts,
    boolean draft,
    Instant made,
    LocalDate today,
    long asOf,
    @Nullable String logKey,
    Map<Long, String> proofs) {

  /** Version of the layout of reports. */
  public static final String LAYOUT = "assessment-report/1";

  public AssessmentReport {
    scores = List.copyOf(scores);
    tasks = List.copyOf(tasks);
    acts = List.copyOf(acts);
    proofs = Map.copyOf(proofs);
  }

  /** The round's frameworks that the kind tells of. */
  public List<Catalogue> frameworks() {
    return round.frameworks().stream().filter(f -> kind.tellsOf(f.family())).toList();
  }

  /** The round's risks that come from these frameworks. */
  public List<RemainingRisk> risks() {
    return round.risks().stream()
        .filter(risk -> frameworks().stream().anyMatch(f -> risk.item().startsWith(f.id() + "/")))
        .toList();
  }
}
