// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import org.citywall.console.Actor;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.report.RegisterExport;
import org.citywall.console.report.ReportFormat;
import org.citywall.console.report.ReportKind;
import org.citywall.console.report.Reports;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Reports to take away. */
@Controller
final class ReportController {

  private final Reports reports;
  private final RegisterExport register;

  ReportController(Reports reports, RegisterExport register) {
    this.reports = reports;
    this.register = register;
  }

  /** The register as the list shows it, all pages. */
  @GetMapping("/compliance/register")
  ResponseEntity<byte[]> register(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable Integer level,
      @RequestParam(defaultValue = "false") boolean core,
      @RequestParam String format,
      Actor actor) {
    RegisterExport.Format wanted = RegisterExport.Format.of(format);
    byte[] systems = register.make(actor, new Filter(q, level, core), wanted);
    return file(systems, wanted.mediaType(), "systems." + wanted.word());
  }

  @GetMapping("/compliance/assessments/{id}/report")
  ResponseEntity<byte[]> report(
      @PathVariable String id,
      @RequestParam(defaultValue = "djbh") String kind,
      @RequestParam String format,
      @RequestParam(defaultValue = "false") boolean draft,
      Actor actor) {
    AssessmentId round = AssessmentId.parse(id);
    ReportFormat wanted = ReportFormat.of(format);
    ReportKind about = ReportKind.of(kind);
    byte[] report = reports.make(actor, round, about, wanted, draft);
    return file(report, wanted.mediaType(), round + "-" + about.word() + wanted.suffix());
  }

  private static ResponseEntity<byte[]> file(byte[] bytes, String mediaType, String name) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(mediaType))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(name).build().toString())
        .body(bytes);
  }
}
