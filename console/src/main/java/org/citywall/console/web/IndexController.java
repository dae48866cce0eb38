// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.report.IndexReports;
import org.citywall.console.report.ReportFormat;
import org.citywall.console.scorecard.IndexBoard;
import org.citywall.console.scorecard.IndexBook;
import org.citywall.console.scorecard.IndexEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
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

/** The city's index: its values by period, from feeds and persons, prepared and signed. */
@Controller
final class IndexController {

  private static final int PAST = 8;
  private static final int ACTS = 20;

  private final IndexBook book;
  private final IndexReports reports;

  IndexController(IndexBook book, IndexReports reports) {
    this.book = book;
    this.reports = reports;
  }

  /** What a person enters, as the form sends it. */
  record Said(
      String indicator,
      @Nullable BigDecimal value,
      @Nullable String why,
      @Nullable String evidence,
      @Nullable String entry,
      @Nullable String sha256,
      @DateTimeFormat(iso = ISO.DATE) LocalDate from,
      @DateTimeFormat(iso = ISO.DATE) LocalDate to) {

    IndexEntry said() {
      String digest = text(sha256).toLowerCase(Locale.ROOT);
      return new IndexEntry(
          value,
          text(why),
          Evidence.brought(
              text(evidence), leaf(text(entry)), digest.isEmpty() ? null : digest, from, to));
    }

    private static @Nullable Long leaf(String entry) {
      try {
        return entry.isEmpty() ? null : Long.valueOf(entry);
      } catch (NumberFormatException e) {
        throw new PlatformException(
            ConsoleErrorCode.EVIDENCE_INVALID, "an entry of the log has a number", e);
      }
    }

    private static String text(@Nullable String text) {
      return text == null ? "" : text.strip();
    }
  }

  @GetMapping("/compliance/index")
  String current(Model model) {
    return show(book.current(), model);
  }

  @GetMapping("/compliance/index/{period}")
  String period(@PathVariable String period, Model model) {
    return show(IndexPeriod.parse(period), model);
  }

  private String show(IndexPeriod period, Model model) {
    IndexBoard board = book.board(period);
    IndexPeriod current = book.current();
    model.addAttribute("board", board);
    model.addAttribute("feeds", book.feeds());
    model.addAttribute("current", current);
    model.addAttribute(
        "previous", IndexPeriod.of(book.feeds().length(), period.from().minusDays(1)));
    model.addAttribute(
        "next",
        current.from().isAfter(period.to())
            ? IndexPeriod.of(book.feeds().length(), period.to().plusDays(1))
            : null);
    model.addAttribute("over", book.today().isAfter(period.to()));
    model.addAttribute("past", book.past(PAST));
    model.addAttribute("acts", book.acts(period, ACTS));
    return "index";
  }

  @PostMapping("/compliance/index/{period}/enter")
  String enter(
      @PathVariable String period,
      @RequestParam long version,
      Said said,
      Actor actor,
      RedirectAttributes redirect) {
    IndexPeriod about = IndexPeriod.parse(period);
    return done(
        about,
        redirect,
        "index-entered",
        () -> {
          book.enter(actor, about, version, said.indicator(), said.said());
          return said.indicator();
        });
  }

  @PostMapping("/compliance/index/{period}/{act}")
  String act(
      @PathVariable String period,
      @PathVariable String act,
      @RequestParam long version,
      @RequestParam(defaultValue = "") String why,
      Actor actor,
      RedirectAttributes redirect) {
    IndexPeriod about = IndexPeriod.parse(period);
    return done(
        about, redirect, "index-" + act, () -> move(act, actor, about, version, why).period().id());
  }

  private IndexBoard move(String act, Actor actor, IndexPeriod about, long version, String why) {
    return switch (act) {
      case "recompute" -> book.recompute(actor, about, version);
      case "prepare" -> book.prepare(actor, about, version);
      case "return" -> book.sendBack(actor, about, version, why);
      case "sign" -> book.sign(actor, about, version);
      default -> throw new PlatformException(ConsoleErrorCode.INDEX_STATE, "no such act");
    };
  }

  private static String done(
      IndexPeriod period, RedirectAttributes redirect, String act, ComplianceOutcome.Work work) {
    redirect.addFlashAttribute("outcome", ComplianceOutcome.of(act, work));
    return "redirect:/compliance/index/" + period.id();
  }

  @GetMapping("/compliance/index/{period}/report")
  ResponseEntity<byte[]> report(
      @PathVariable String period, @RequestParam String format, Actor actor) {
    IndexPeriod about = IndexPeriod.parse(period);
    ReportFormat wanted = ReportFormat.of(format);
    byte[] report = reports.make(actor, about, wanted);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(wanted.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(about.id() + "-index" + wanted.suffix())
                .build()
                .toString())
        .body(report);
  }
}
