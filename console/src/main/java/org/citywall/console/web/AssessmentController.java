// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.catalogue.ItemRef;
import org.citywall.compliance.check.ResultLines;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Applicability;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.Crypto;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.RoundView;
import org.citywall.console.assessment.Settlement;
import org.citywall.console.assessment.Settling;
import org.citywall.console.checking.CheckRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The page of a round: its items are settled here. */
@Controller
final class AssessmentController {

  private static final int ACTS = 20;

  private final Assessments assessments;
  private final Settling settling;
  private final CheckFeed feed;
  private final Rectification rectification;
  private final boolean runs;

  AssessmentController(
      Assessments assessments,
      Settling settling,
      CheckFeed feed,
      Rectification rectification,
      ObjectProvider<CheckRuns> runs) {
    this.assessments = assessments;
    this.settling = settling;
    this.feed = feed;
    this.rectification = rectification;
    this.runs = runs.getIfAvailable() != null;
  }

  /** Which item of the round a form is about, and which comes next. */
  record Place(String framework, String item, @Nullable String object) {

    ItemKey key() {
      return new ItemKey(framework, item, object == null ? ItemKey.WHOLE : object);
    }
  }

  /** What an assessor says of items, as the form sends it. */
  record Said(
      Result outcome,
      @Nullable String comment,
      @Nullable String reason,
      @Nullable String approver,
      @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate until,
      @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate evidenceUntil,
      @Nullable BigDecimal value,
      @Nullable String dak,
      @Nullable Integer strength,
      @Nullable Integer moduleLevel) {

    Settlement settlement() {
      Applicability why =
          outcome != Result.NOT_APPLICABLE || until == null
              ? null
              : new Applicability(text(reason), text(approver), until);
      return new Settlement(outcome, text(comment), why, value, crypto(), evidenceUntil);
    }

    private @Nullable Crypto crypto() {
      if (dak == null || dak.isEmpty() || outcome != Result.PARTIAL) {
        return null;
      }
      return new Crypto(
          true,
          !dak.contains("A"),
          !dak.contains("K"),
          strength,
          moduleLevel == null ? 0 : moduleLevel);
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text.strip();
    }
  }

  @GetMapping("/compliance/assessments/{id}")
  String round(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String framework,
      @RequestParam(required = false) @Nullable String item,
      @RequestParam(defaultValue = "") String object,
      Model model) {
    AssessmentId round = AssessmentId.parse(id);
    RoundView view = assessments.get(round);
    ItemKey open = item == null ? null : new ItemKey(framework, item, object);
    model.addAttribute(
        "view",
        AssessmentView.of(
            view,
            framework,
            open,
            assessments.scores(view),
            assessments.today(),
            key -> assessments.catalogues().linksOf(new ItemRef(key.framework(), key.item()))));
    model.addAttribute("today", assessments.today());
    model.addAttribute("runs", runs);
    model.addAttribute("acts", assessments.acts(round, ACTS));
    return "assessment";
  }

  @PostMapping("/compliance/assessments/{id}/settle")
  String settle(
      @PathVariable String id,
      @RequestParam long version,
      Place place,
      Said said,
      @RequestParam(defaultValue = "") String next,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    ComplianceOutcome outcome =
        ComplianceOutcome.of(
            "settled",
            () ->
                settling
                    .settle(actor, round, place.key(), version, said.settlement())
                    .key()
                    .item());
    redirect.addFlashAttribute("outcome", outcome);
    boolean movesOn = outcome.problem() == null && !next.isEmpty();
    String[] parts = next.split("\\|", 2);
    return movesOn && parts.length == 2
        ? at(round, new ItemKey(place.framework(), parts[0], parts[1]))
        : at(round, place.key());
  }

  /** Settles the items that were chosen in the tree, each as {@code ITEM|OBJECT}. */
  @PostMapping("/compliance/assessments/{id}/settle-all")
  String settleAll(
      @PathVariable String id,
      @RequestParam String framework,
      @RequestParam(defaultValue = "") List<String> chosen,
      Said said,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    List<ItemKey> keys = new ArrayList<>();
    for (String one : chosen) {
      String[] parts = one.split("\\|", 2);
      keys.add(new ItemKey(framework, parts[0], parts.length < 2 ? ItemKey.WHOLE : parts[1]));
    }
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "settled-all",
            () -> Integer.toString(settling.settleAll(actor, round, keys, said.settlement()))));
    return at(round, framework);
  }

  @PostMapping("/compliance/assessments/{id}/review")
  String review(@PathVariable String id, Place place, Actor actor, RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "item-reviewed", () -> settling.review(actor, round, place.key()).key().item()));
    return at(round, place.key());
  }

  @PostMapping("/compliance/assessments/{id}/evidence")
  String evidence(
      @PathVariable String id,
      Place place,
      @RequestParam String name,
      @RequestParam(required = false) @Nullable Long leaf,
      @RequestParam(defaultValue = "") String sha256,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate from,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate to,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    Evidence evidence =
        Evidence.brought(name.strip(), leaf, sha256.isBlank() ? null : sha256.strip(), from, to);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "evidence",
            () -> {
              settling.addEvidence(actor, round, place.key(), evidence);
              return place.item();
            }));
    return at(round, place.key());
  }

  @PostMapping("/compliance/assessments/{id}/object")
  String object(
      @PathVariable String id,
      Place place,
      @RequestParam String added,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    ComplianceOutcome outcome =
        ComplianceOutcome.of(
            "object",
            () -> {
              settling.addObject(actor, round, place.key(), added);
              return added.strip();
            });
    redirect.addFlashAttribute("outcome", outcome);
    return at(
        round,
        outcome.problem() != null
            ? place.key()
            : new ItemKey(place.framework(), place.item(), added.strip()));
  }

  @PostMapping("/compliance/assessments/{id}/risk")
  String risk(
      @PathVariable String id,
      Place place,
      @RequestParam RiskGrade grade,
      @RequestParam(defaultValue = "false") boolean major,
      @RequestParam String note,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "risk",
            () -> settling.addRisk(actor, round, place.key(), grade, major, note.strip()).item()));
    return at(round, place.key());
  }

  @PostMapping("/compliance/assessments/{id}/risk-mended")
  String riskMended(
      @PathVariable String id,
      Place place,
      @RequestParam int position,
      @RequestParam String note,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "risk-mended",
            () -> {
              settling.mendRisk(actor, round, position, note.strip());
              return place.item();
            }));
    return at(round, place.key());
  }

  /** Takes in what {@code citywall check run} printed as JSON or kept as a file. */
  @PostMapping("/compliance/assessments/{id}/feed")
  String feed(
      @PathVariable String id,
      @RequestParam MultipartFile results,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "fed",
            () -> {
              CheckFeed.Fed fed = feed.feed(actor, round, ResultLines.read(text(results)));
              return fed.taken()
                  + " / "
                  + fed.kept()
                  + " / "
                  + fed.unmatched()
                  + " / "
                  + fed.waived();
            }));
    return "redirect:/compliance/assessments/" + round;
  }

  @PostMapping("/compliance/assessments/{id}/tasks")
  String tasks(
      @PathVariable String id,
      @RequestParam String owner,
      Actor actor,
      RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "tasks", () -> Integer.toString(rectification.openAll(actor, round, owner.strip()))));
    return "redirect:/compliance/rectification";
  }

  @PostMapping("/compliance/assessments/{id}/close")
  String close(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
    AssessmentId round = AssessmentId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of("closed", () -> assessments.close(actor, round).id().toString()));
    return "redirect:/compliance/assessments/" + round;
  }

  private static String text(MultipartFile file) {
    try {
      return new String(file.getBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PlatformException(ConsoleErrorCode.CHECK_RESULTS_INVALID, "cannot be read", e);
    }
  }

  private static String at(AssessmentId round, String framework) {
    return "redirect:"
        + UriComponentsBuilder.fromPath("/compliance/assessments/" + round)
            .queryParam("framework", "{framework}")
            .build(framework);
  }

  private static String at(AssessmentId round, ItemKey key) {
    return "redirect:"
        + UriComponentsBuilder.fromPath("/compliance/assessments/" + round)
            .queryParam("framework", "{framework}")
            .queryParam("item", "{item}")
            .queryParam("object", "{object}")
            .fragment("current")
            .build(key.framework(), key.item(), key.object());
  }
}
