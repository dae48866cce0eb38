// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.checking.CheckRunId;
import org.citywall.console.checking.CheckRuns;
import org.citywall.console.checking.RecordedRun;
import org.citywall.console.checking.RecordedRun.State;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Runs of checks that the console makes: the list, one run, its file. */
@Controller
final class CheckRunController {

  private static final int MOST_RUNS = 100;
  private static final int MOST_LINES = 200;

  /** How often the page of a run that goes on is asked for again, in seconds. */
  private static final String REFRESH = "2";

  private final @Nullable CheckRuns runs;

  CheckRunController(ObjectProvider<CheckRuns> runs) {
    this.runs = runs.getIfAvailable();
  }

  @GetMapping("/compliance/checks")
  String list(Model model) {
    model.addAttribute("present", runs != null);
    model.addAttribute("runs", runs == null ? List.of() : runs.latest(MOST_RUNS));
    model.addAttribute("next", runs == null ? null : runs.next().orElse(null));
    model.addAttribute("progress", runs == null ? null : runs.progress().orElse(null));
    return "checks";
  }

  @PostMapping("/compliance/checks")
  String begin(
      @RequestParam(defaultValue = "") String system, Actor actor, RedirectAttributes redirect) {
    ComplianceOutcome outcome =
        ComplianceOutcome.of(
            "run-begun",
            () ->
                present()
                    .begin(actor, system.isEmpty() ? null : SystemId.parse(system))
                    .toString());
    redirect.addFlashAttribute("outcome", outcome);
    return "redirect:/compliance/checks"
        + (outcome.problem() == null ? "/" + outcome.detail() : "");
  }

  @GetMapping("/compliance/checks/{id}")
  String one(@PathVariable String id, Model model, HttpServletResponse response) {
    CheckRuns all = present();
    RecordedRun run = all.get(CheckRunId.parse(id));
    model.addAttribute("run", run);
    model.addAttribute("most", MOST_LINES);
    model.addAttribute("counts", Map.of());
    model.addAttribute("findings", List.of());
    model.addAttribute("drift", List.of());
    model.addAttribute("more", false);
    model.addAttribute("problem", null);
    try {
      addResults(model, all.results(run));
      model.addAttribute("drift", all.drift(run).stream().limit(MOST_LINES).toList());
    } catch (PlatformException e) {
      model.addAttribute("problem", e.code().messageKey());
    }
    model.addAttribute(
        "progress", all.progress().filter(one -> one.run().equals(run.id())).orElse(null));
    if (run.state() == State.RUNNING) {
      response.setHeader("Refresh", REFRESH);
    }
    return "check-run";
  }

  private static void addResults(Model model, List<CheckResult> results) {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    results.forEach(result -> counts.merge(result.result(), 1, Integer::sum));
    List<CheckResult> findings = results.stream().filter(result -> !conforms(result)).toList();
    model.addAttribute("counts", counts);
    model.addAttribute("findings", findings.stream().limit(MOST_LINES).toList());
    model.addAttribute("more", findings.size() > MOST_LINES);
  }

  @GetMapping("/compliance/checks/{id}/file")
  ResponseEntity<byte[]> file(@PathVariable String id) {
    CheckRuns all = present();
    RecordedRun run = all.get(CheckRunId.parse(id));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(run.id() + ".jsonl").build().toString())
        .body(all.text(run).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean conforms(CheckResult result) {
    return switch (result.result()) {
      case CONFORM, NOT_APPLICABLE -> true;
      case PARTIAL, NONCONFORM, UNTESTED, ERROR, EVIDENCE_EXPIRED -> false;
    };
  }

  private CheckRuns present() {
    if (runs == null) {
      throw new PlatformException(ConsoleErrorCode.CHECKS_ABSENT, "no runs here");
    }
    return runs;
  }
}
