// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.console.Actor;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.Incidents;
import org.citywall.correlation.Severity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The first page: what needs the reader now. */
@Controller
final class HomeController {

  private static final int NEWEST = 8;

  private final Incidents incidents;
  private final SourcesView sources;
  private final LogStatus log;
  private final ObjectProvider<DetectionRunner> detection;
  private final Searches searches;

  HomeController(
      Incidents incidents,
      SourcesView sources,
      LogStatus log,
      ObjectProvider<DetectionRunner> detection,
      Searches searches) {
    this.incidents = incidents;
    this.sources = sources;
    this.log = log;
    this.detection = detection;
    this.searches = searches;
  }

  /** Open incidents of a severity. */
  record Tile(Severity severity, long open) {}

  @GetMapping("/")
  String home(@ModelAttribute("frame") Frame frame, Actor actor, Locale locale, Model model) {
    Map<Severity, Long> open = incidents.countOpen();
    List<Tile> tiles = new ArrayList<>();
    for (Severity severity : List.of(Severity.values()).reversed()) {
      tiles.add(new Tile(severity, open.getOrDefault(severity, 0L)));
    }
    model.addAttribute("tiles", tiles);
    model.addAttribute("rows", newest(IncidentFilter.OPEN, locale));
    IncidentFilter mine =
        new IncidentFilter(
            IncidentFilter.OPEN.states(), IncidentFilter.OPEN.severities(), actor.user());
    model.addAttribute("mine", newest(mine, locale));
    model.addAttribute("broken", sources.broken());
    model.addAttribute("collecting", sources.known());
    model.addAttribute("log", log.read());
    detection.ifAvailable(runner -> model.addAttribute("detection", runner.health().state()));
    model.addAttribute("chart", frame.isReading() ? searches.lastDay(locale) : null);
    return "home";
  }

  private List<QueueRow> newest(IncidentFilter filter, Locale locale) {
    return incidents.queue(filter, null, NEWEST).incidents().stream()
        .map(incident -> new QueueRow(incident, IncidentText.title(incident, locale)))
        .toList();
  }
}
