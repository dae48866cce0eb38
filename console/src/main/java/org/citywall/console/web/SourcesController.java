// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Whether anything that should be heard is silent. */
@Controller
final class SourcesController {

  private final SourcesView sources;

  SourcesController(SourcesView sources) {
    this.sources = sources;
  }

  @GetMapping("/sources")
  String sources(Model model) {
    model.addAttribute("known", sources.known());
    model.addAttribute("rows", sources.all());
    model.addAttribute("spool", sources.spool());
    return "sources";
  }
}
