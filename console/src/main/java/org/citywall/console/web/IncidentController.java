// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.console.Actor;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.IncidentQueue;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The list of all incidents and the page of one. */
@Controller
final class IncidentController {

  private static final int PAGE = 50;

  private final Incidents incidents;
  private final IncidentPages pages;
  private final Decisions decisions;
  private final boolean keepsLog;

  IncidentController(
      Incidents incidents, IncidentPages pages, ObjectProvider<EvidenceDesk> evidence) {
    this.incidents = incidents;
    this.pages = pages;
    this.decisions = new Decisions(incidents);
    this.keepsLog = evidence.getIfAvailable() != null;
  }

  @GetMapping("/incidents")
  String list(
      @RequestParam(defaultValue = "all") String state,
      @RequestParam(required = false) @Nullable String severity,
      @RequestParam(defaultValue = "false") boolean mine,
      @RequestParam(required = false) @Nullable String after,
      Actor actor,
      Locale locale,
      Model model) {
    QueueFilter filter = QueueFilter.of(state, severity, mine);
    IncidentQueue queue =
        incidents.queue(
            filter.filter(actor.user()), after == null ? null : new IncidentId(after), PAGE);
    List<QueueRow> rows =
        queue.incidents().stream()
            .map(incident -> new QueueRow(incident, IncidentText.title(incident, locale)))
            .toList();
    model.addAttribute("filter", filter);
    model.addAttribute("rows", rows);
    model.addAttribute("after", after);
    model.addAttribute("next", queue.next() == null ? null : queue.next().number());
    model.addAttribute("total", incidents.count(filter.filter(actor.user())));
    return "incidents";
  }

  @GetMapping("/incidents/{id}")
  String incident(
      @PathVariable String id,
      @RequestParam(defaultValue = "-1") long events,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx,
      Locale locale,
      Model model) {
    model.addAttribute("view", pages.of(new IncidentId(id), locale, events));
    model.addAttribute("evidence", keepsLog);
    return htmx ? "incident :: events" : "incident-page";
  }

  @PostMapping("/incidents/{id}/{action}")
  String decide(
      @PathVariable String id,
      @PathVariable String action,
      Decisions.Form form,
      Actor actor,
      RedirectAttributes redirect) {
    Decisions.Action chosen = Decisions.Action.named(action);
    IncidentId incident = new IncidentId(id);
    Outcome outcome;
    try {
      outcome = Outcome.done(chosen, decisions.decide(chosen, actor, incident, form));
    } catch (PlatformException e) {
      outcome = Outcome.refused(chosen, incident, e.code());
    }
    redirect.addFlashAttribute("outcome", outcome);
    return "redirect:/incidents/" + incident.number();
  }
}
