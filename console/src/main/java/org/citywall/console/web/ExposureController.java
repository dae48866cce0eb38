// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.Csv;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.exposure.ExposureFacts;
import org.citywall.console.exposure.ExposureFollower;
import org.citywall.console.state.AuditTrail;
import org.citywall.correlation.ledger.Dimension;
import org.citywall.correlation.ledger.ExposureLine;
import org.citywall.correlation.ledger.ExposureReport;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** Whose data left, and by whom. */
@Controller
final class ExposureController {

  private final @Nullable ExposureFollower ledger;
  private final AuditTrail trail;
  private final Clock clock;
  private final ZoneId zone;

  ExposureController(
      ObjectProvider<ExposureFollower> ledger, AuditTrail trail, ConsoleRuntime runtime) {
    this.ledger = ledger.getIfAvailable();
    this.trail = trail;
    this.zone = runtime.zone();
    this.clock = runtime.clock().withZone(zone);
  }

  @GetMapping("/exposure")
  String page(ExposureForm form, Locale locale, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("spans", ExposureForm.SPANS);
    model.addAttribute("dimensions", List.of(Dimension.values()));
    model.addAttribute(
        "found",
        ledger == null
            ? null
            : ExposureView.of(
                ledger.report(form.question(clock)),
                form,
                new Display(locale, zone),
                zone,
                ledger.lag()));
    return "exposure";
  }

  @GetMapping("/exposure.json")
  void json(ExposureForm form, Actor actor, HttpServletResponse response) throws IOException {
    ExposureReport report = exported(form, actor, "json");
    response.setContentType("application/json;charset=UTF-8");
    response
        .getOutputStream()
        .write(JsonMapper.shared().writeValueAsBytes(ExposureFacts.of(report)));
  }

  @GetMapping("/exposure.csv")
  void csv(
      ExposureForm form,
      @RequestParam(defaultValue = "false") boolean bom,
      Actor actor,
      HttpServletResponse response)
      throws IOException {
    ExposureReport report = exported(form, actor, "csv");
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"citywall-exposure.csv\"");
    Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    if (bom) {
      out.write(Csv.BOM);
    }
    List<String> head = new ArrayList<>();
    head.add(ExposureForm.name(form.getDimension()));
    head.addAll(ExposureFacts.COLUMNS);
    Csv.row(out, head);
    for (ExposureLine line : report.lines()) {
      Csv.row(out, ExposureFacts.cells(line));
    }
    out.flush();
  }

  private ExposureReport exported(ExposureForm form, Actor actor, String extension) {
    if (ledger == null) {
      throw new PlatformException(ConsoleErrorCode.EXPOSURE_ELSEWHERE, "nothing is exported");
    }
    trail.exported(actor, "exposure." + extension, form.export(extension));
    return ledger.report(form.question(clock));
  }
}
