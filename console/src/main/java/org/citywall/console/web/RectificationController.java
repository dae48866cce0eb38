// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RectificationTask.State;
import org.citywall.console.assessment.TaskId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The tasks by which findings are mended. */
@Controller
final class RectificationController {

  private static final int PAGE = 50;

  private final Rectification rectification;

  RectificationController(Rectification rectification) {
    this.rectification = rectification;
  }

  @GetMapping("/compliance/rectification")
  String list(
      @RequestParam(required = false) @Nullable State state,
      @RequestParam(defaultValue = "0") int skip,
      Model model) {
    int from = Math.max(0, skip);
    List<RectificationTask> tasks = rectification.page(state, null, from, PAGE + 1);
    model.addAttribute("tasks", tasks.stream().limit(PAGE).toList());
    model.addAttribute("state", state);
    model.addAttribute("states", State.values());
    model.addAttribute("skip", from);
    model.addAttribute("next", tasks.size() > PAGE ? from + PAGE : null);
    model.addAttribute("total", rectification.count(state));
    model.addAttribute("today", rectification.today());
    return "rectification";
  }

  @PostMapping("/compliance/rectification/{id}/{act}")
  String act(
      @PathVariable String id,
      @PathVariable String act,
      @RequestParam long version,
      @RequestParam(defaultValue = "") String note,
      Actor actor,
      RedirectAttributes redirect) {
    TaskId task = TaskId.parse(id);
    redirect.addFlashAttribute(
        "outcome",
        ComplianceOutcome.of(
            "task", () -> move(act, actor, task, version, note.strip()).id().toString()));
    return "redirect:/compliance/rectification";
  }

  private RectificationTask move(String act, Actor actor, TaskId task, long version, String note) {
    return switch (act) {
      case "mended" -> rectification.mended(actor, task, version, note);
      case "return" -> rectification.sendBack(actor, task, version, note);
      case "close" -> rectification.close(actor, task, version);
      default -> throw new PlatformException(ConsoleErrorCode.TASK_STATE, "no such act");
    };
  }
}
