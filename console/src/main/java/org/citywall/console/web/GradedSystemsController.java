// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.LocalDate;
import java.util.List;
import org.citywall.console.Actor;
import org.citywall.console.assessment.Assessment;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.DueDate;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.Grading;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.assessment.SystemRegister.Line;
import org.citywall.console.assessment.SystemRegister.NewSystem;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The register of graded systems and the page of one. */
@Controller
final class GradedSystemsController {

  private static final int PAGE = 50;
  private static final int ACTS = 30;

  private final SystemRegister register;
  private final Assessments assessments;

  GradedSystemsController(SystemRegister register, Assessments assessments) {
    this.register = register;
    this.assessments = assessments;
  }

  /** A line of the register as its page shows it. */
  public record Row(Line line, @Nullable DueDate due, boolean overdue, List<RoundScore> scores) {

    public GradedSystem system() {
      return line.system();
    }
  }

  /** The two axes of both gradings, as the form sends them. */
  record GradingForm(
      Harmed informationHarmed,
      Damage informationDamage,
      Harmed serviceHarmed,
      Damage serviceDamage,
      @DateTimeFormat(iso = ISO.DATE) LocalDate gradedOn) {

    Grading grading() {
      return new Grading(
          new Harm(informationHarmed, informationDamage),
          new Harm(serviceHarmed, serviceDamage),
          gradedOn);
    }
  }

  @GetMapping("/compliance/systems")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable Integer level,
      @RequestParam(defaultValue = "false") boolean core,
      @RequestParam(defaultValue = "0") long after,
      Model model) {
    Filter filter = new Filter(q, level, core);
    List<Line> lines = register.page(filter, after, PAGE + 1);
    LocalDate today = assessments.today();
    model.addAttribute("rows", lines.stream().limit(PAGE).map(line -> row(line, today)).toList());
    model.addAttribute("filter", filter);
    model.addAttribute("after", after);
    model.addAttribute(
        "next", lines.size() > PAGE ? lines.get(PAGE - 1).system().id().ordinal() : null);
    model.addAttribute("total", register.count(filter));
    addAxes(model, today);
    return "systems";
  }

  private Row row(Line line, LocalDate today) {
    List<DueDate> due = register.due(line.system(), line.lastAssessed());
    DueDate first = due.isEmpty() ? null : due.getFirst();
    return new Row(
        line, first, first != null && first.overdue(today), RoundScore.read(line.lastScores()));
  }

  @GetMapping("/compliance/systems/{id}")
  String system(@PathVariable String id, Model model) {
    GradedSystem system = register.get(SystemId.parse(id));
    List<Assessment> rounds = assessments.ofSystem(system.id());
    LocalDate last =
        rounds.stream()
            .filter(round -> !round.open())
            .map(Assessment::cover)
            .findFirst()
            .orElse(null);
    model.addAttribute("system", system);
    model.addAttribute(
        "platform", system.platform() == null ? null : register.get(system.platform()));
    model.addAttribute("rounds", rounds.stream().map(RoundLine::of).toList());
    model.addAttribute("due", register.due(system, last));
    model.addAttribute("acts", register.acts(system.id(), ACTS));
    model.addAttribute("catalogues", assessments.catalogues().all());
    model.addAttribute("openRound", !rounds.isEmpty() && rounds.getFirst().open());
    addAxes(model, assessments.today());
    return "system";
  }

  /** A round in the list of a system's rounds. */
  public record RoundLine(Assessment round, List<RoundScore> scores) {

    static RoundLine of(Assessment round) {
      return new RoundLine(round, RoundScore.read(round.scores()));
    }
  }

  @PostMapping("/compliance/systems")
  String register(
      @RequestParam String name,
      @RequestParam String owner,
      @RequestParam(defaultValue = "false") boolean core,
      @RequestParam(defaultValue = "") String platform,
      GradingForm grading,
      Actor actor,
      RedirectAttributes redirect) {
    SystemId on = platform.isBlank() ? null : SystemId.parse(platform.strip());
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "registered",
            () ->
                register
                    .register(actor, new NewSystem(name, owner, core, on, grading.grading()))
                    .id()
                    .toString()));
    return "redirect:/compliance/systems";
  }

  @PostMapping("/compliance/systems/{id}/grade")
  String grade(
      @PathVariable String id,
      @RequestParam long version,
      GradingForm grading,
      Actor actor,
      RedirectAttributes redirect) {
    return done(
        id,
        redirect,
        "graded",
        system -> register.grade(actor, system, version, grading.grading()));
  }

  @PostMapping("/compliance/systems/{id}/review")
  String review(
      @PathVariable String id,
      @RequestParam long version,
      @RequestParam String by,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate on,
      Actor actor,
      RedirectAttributes redirect) {
    return done(
        id,
        redirect,
        "reviewed",
        system -> register.review(actor, system, version, new ExpertReview(by, on)));
  }

  @PostMapping("/compliance/systems/{id}/file")
  String file(
      @PathVariable String id,
      @RequestParam long version,
      @RequestParam String certificate,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate on,
      Actor actor,
      RedirectAttributes redirect) {
    return done(
        id,
        redirect,
        "filed",
        system -> register.file(actor, system, version, certificate.strip(), on));
  }

  @PostMapping("/compliance/systems/{id}/begin")
  String begin(
      @PathVariable String id,
      @RequestParam(defaultValue = "") List<String> frameworks,
      @RequestParam @DateTimeFormat(iso = ISO.DATE) LocalDate cover,
      @RequestParam(defaultValue = "50") int attention,
      Actor actor,
      RedirectAttributes redirect) {
    SystemId system = SystemId.parse(id);
    ComplianceOutcome outcome =
        ComplianceOutcome.of(
            "begun",
            () ->
                assessments
                    .begin(actor, new Assessments.Plan(system, frameworks, cover, attention))
                    .id()
                    .toString());
    redirect.addFlashAttribute("outcome", outcome);
    return outcome.problem() == null
        ? "redirect:/compliance/assessments/" + outcome.detail()
        : "redirect:/compliance/systems/" + system;
  }

  private interface Change {
    GradedSystem of(SystemId system);
  }

  private static String done(String id, RedirectAttributes redirect, String act, Change change) {
    SystemId system = SystemId.parse(id);
    redirect.addFlashAttribute(
        "outcome", ComplianceOutcome.of(act, () -> change.of(system).id().toString()));
    return "redirect:/compliance/systems/" + system;
  }

  private static void addAxes(Model model, LocalDate today) {
    model.addAttribute("harmed", Harmed.values());
    model.addAttribute("damages", Damage.values());
    model.addAttribute("today", today);
  }
}
