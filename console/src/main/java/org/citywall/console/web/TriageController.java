// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.IncidentQueue;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The queue of incidents on the left, the one to decide about on the right. */
@Controller
final class TriageController {

  private static final int QUEUE = 100;

  private final Incidents incidents;
  private final IncidentPages pages;
  private final Decisions decisions;

  TriageController(Incidents incidents, IncidentPages pages) {
    this.incidents = incidents;
    this.pages = pages;
    this.decisions = new Decisions(incidents);
  }

  @ModelAttribute("filter")
  QueueFilter filter(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String severity,
      @RequestParam(defaultValue = "false") boolean mine) {
    return QueueFilter.of(state, severity, mine);
  }

  @GetMapping("/triage")
  String triage(
      @ModelAttribute("filter") QueueFilter filter,
      @RequestParam(required = false) @Nullable String open,
      @RequestHeader(name = "HX-Target", required = false) @Nullable String target,
      Actor actor,
      Locale locale,
      Model model) {
    if ("detail".equals(target)) {
      model.addAttribute("view", open == null ? null : pages.of(new IncidentId(open), locale, -1));
      return "triage :: detail";
    }
    fill(filter, open, actor, locale, model);
    return "triage";
  }

  /** The rows alone, as the live page loads them. */
  @GetMapping("/triage/rows")
  String rows(
      @ModelAttribute("filter") QueueFilter filter, Actor actor, Locale locale, Model model) {
    addRows(filter, actor, locale, model);
    return "triage :: rows";
  }

  /** Which incidents the queue holds now, for a tab that was hidden for a while. */
  @GetMapping("/triage/ids")
  @ResponseBody
  List<Map<String, String>> ids(@ModelAttribute("filter") QueueFilter filter, Actor actor) {
    return incidents.queue(filter.filter(actor.user()), null, QUEUE).incidents().stream()
        .map(row -> Map.of("id", row.id().number(), "severity", row.severity().name()))
        .toList();
  }

  @GetMapping("/triage/count")
  @ResponseBody
  Map<String, Long> count() {
    return Map.of("fresh", incidents.count(Frame.fresh()));
  }

  @PostMapping("/triage/{id}/{action}")
  String decide(
      @PathVariable String id,
      @PathVariable String action,
      Decisions.Form form,
      @ModelAttribute("filter") QueueFilter filter,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
      Actor actor,
      Locale locale,
      Model model,
      RedirectAttributes redirect) {
    Decisions.Action chosen = Decisions.Action.named(action);
    IncidentId incident = new IncidentId(id);
    String next = chosen.movesOn() ? after(incident, filter, actor) : id;
    Outcome outcome = outcome(chosen, actor, incident, form);
    String open = outcome.problem() == null ? next : id;
    if (htmx) {
      model.addAttribute("outcome", outcome);
      fill(filter, open, actor, locale, model);
      return "triage :: body";
    }
    redirect.addFlashAttribute("outcome", outcome);
    return "redirect:/triage" + filter.query(open);
  }

  private Outcome outcome(
      Decisions.Action action, Actor actor, IncidentId id, Decisions.Form form) {
    try {
      return Outcome.done(action, decisions.decide(action, actor, id, form));
    } catch (PlatformException e) {
      return Outcome.refused(action, id, e.code());
    }
  }

  private void fill(
      QueueFilter filter, @Nullable String open, Actor actor, Locale locale, Model model) {
    List<QueueRow> rows = addRows(filter, actor, locale, model);
    String shown = open != null ? open : rows.isEmpty() ? null : rows.getFirst().id();
    model.addAttribute("open", shown);
    model.addAttribute("view", shown == null ? null : pages.of(new IncidentId(shown), locale, -1));
  }

  private List<QueueRow> addRows(QueueFilter filter, Actor actor, Locale locale, Model model) {
    IncidentQueue queue = incidents.queue(filter.filter(actor.user()), null, QUEUE);
    List<QueueRow> rows =
        queue.incidents().stream()
            .map(incident -> new QueueRow(incident, IncidentText.title(incident, locale)))
            .toList();
    model.addAttribute("rows", rows);
    model.addAttribute("more", queue.next() != null);
    model.addAttribute("total", incidents.count(filter.filter(actor.user())));
    return rows;
  }

  /** The incident behind this one in the queue, else the one before it, else none. */
  private @Nullable String after(IncidentId id, QueueFilter filter, Actor actor) {
    List<String> ids =
        incidents.queue(filter.filter(actor.user()), null, QUEUE).incidents().stream()
            .map(row -> row.id().number())
            .toList();
    int at = ids.indexOf(id.number());
    if (at >= 0 && at + 1 < ids.size()) {
      return ids.get(at + 1);
    }
    return at > 0 ? ids.get(at - 1) : null;
  }
}
