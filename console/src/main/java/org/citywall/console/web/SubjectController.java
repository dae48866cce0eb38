// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.exposure.SubjectAnswer;
import org.citywall.console.exposure.SubjectFacts;
import org.citywall.console.exposure.SubjectInquiry;
import org.citywall.console.exposure.SubjectSearch;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * Who looked at one person's record (谁看过我). The identifier comes in the body of a form, is in no
 * address, and is not shown again; who asks and why is recorded before anything is answered.
 */
@Controller
final class SubjectController {

  private final @Nullable SubjectInquiry inquiry;
  private final SubjectSearch search;
  private final LogStatus status;

  SubjectController(
      ObjectProvider<SubjectInquiry> inquiry,
      ConsoleRuntime runtime,
      IndexAccess index,
      LogStatus status) {
    this.inquiry = inquiry.getIfAvailable();
    this.search = new SubjectSearch(runtime.log(), index, runtime.clock().withZone(runtime.zone()));
    this.status = status;
  }

  @GetMapping("/exposure/subject")
  String form(Model model) {
    return page(model, null, null, null);
  }

  @PostMapping("/exposure/subject")
  String answer(
      @RequestParam String subject, @RequestParam String reason, Actor actor, Model model) {
    try {
      SubjectInquiry.Asked asked = asked(subject, reason, actor);
      return page(model, asked, search.find(asked.hashes(), asked.leaf()), null);
    } catch (PlatformException e) {
      return page(model, null, null, e);
    }
  }

  /** The same as JSON; a refusal has its code. */
  @PostMapping("/exposure/subject.json")
  @ResponseBody
  Map<String, Object> json(@RequestParam String subject, @RequestParam String reason, Actor actor) {
    SubjectInquiry.Asked asked = asked(subject, reason, actor);
    return SubjectFacts.of(search.find(asked.hashes(), asked.leaf()), asked.leaf());
  }

  private SubjectInquiry.Asked asked(String subject, String reason, Actor actor) {
    if (inquiry == null) {
      throw new PlatformException(ConsoleErrorCode.EXPOSURE_ELSEWHERE, "nothing was looked up");
    }
    return inquiry.ask(actor, Sensitive.of(subject), reason);
  }

  private String page(
      Model model,
      SubjectInquiry.@Nullable Asked asked,
      @Nullable SubjectAnswer answer,
      @Nullable PlatformException problem) {
    model.addAttribute("able", inquiry != null);
    model.addAttribute("asked", asked);
    model.addAttribute("answer", answer);
    model.addAttribute("problem", problem == null ? null : problem.code());
    model.addAttribute("log", answer == null ? null : status.read());
    return "subject";
  }
}
