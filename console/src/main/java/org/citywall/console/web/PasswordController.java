// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Account;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.PasswordChange;
import org.citywall.console.account.PasswordProblem;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Change of one's own password, by wish or because somebody else chose the present one. */
@Controller
final class PasswordController {

  private final Accounts accounts;
  private final MessageSource messages;

  PasswordController(Accounts accounts, MessageSource messages) {
    this.accounts = accounts;
    this.messages = messages;
  }

  /** Something that is wrong with what was entered. */
  record Problem(String messageKey, String id) {}

  @GetMapping("/password")
  String page(Actor actor, Locale locale, Model model) {
    return page(actor, List.of(), locale, model);
  }

  @PostMapping("/password")
  String change(
      @RequestParam String current,
      @RequestParam String chosen,
      @RequestParam String repeated,
      Actor actor,
      Locale locale,
      Model model,
      HttpServletResponse response) {
    if (!chosen.equals(repeated)) {
      Problem problem =
          new Problem("password.problem.repeat", ConsoleErrorCode.PASSWORD_REFUSED.id());
      return refused(actor, List.of(problem), locale, model, response);
    }
    return switch (accounts.changePassword(actor, Sensitive.of(current), Sensitive.of(chosen))) {
      case PasswordChange.Changed changed -> "redirect:/";
      case PasswordChange.Unfit unfit -> refused(actor, problems(unfit), locale, model, response);
      case PasswordChange.Refused refused -> {
        Problem problem = new Problem(refused.code().messageKey(), refused.code().id());
        yield refused(actor, List.of(problem), locale, model, response);
      }
    };
  }

  private String refused(
      Actor actor,
      List<Problem> problems,
      Locale locale,
      Model model,
      HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    return page(actor, problems, locale, model);
  }

  private String page(Actor actor, List<Problem> problems, Locale locale, Model model) {
    model.addAttribute("problems", problems);
    model.addAttribute("user", actor.user());
    model.addAttribute(
        "forced", accounts.find(actor.user()).map(Account::mustChangePassword).orElse(false));
    model.addAttribute("policy", policy(locale));
    return "password";
  }

  private List<String> policy(Locale locale) {
    Object[] bounds = {Accounts.MIN_PASSWORD, Accounts.MAX_PASSWORD};
    return Stream.of("password.policy.length", "password.policy.kinds", "password.policy.name")
        .map(key -> messages.getMessage(key, bounds, locale))
        .toList();
  }

  private static List<Problem> problems(PasswordChange.Unfit unfit) {
    return unfit.problems().stream()
        .sorted()
        .map(PasswordProblem::messageKey)
        .map(key -> new Problem(key, ConsoleErrorCode.PASSWORD_REFUSED.id()))
        .toList();
  }
}
