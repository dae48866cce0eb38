// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The log-in page; Spring Security takes the form. */
@Controller
final class LogInController {

  /** The page; {@code error} is the code of the refusal before, {@code done} what just ended. */
  @GetMapping("/login")
  String logIn(
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(required = false) @Nullable String done,
      @Nullable Authentication user,
      Model model) {
    if (user != null && error == null) {
      return "redirect:/";
    }
    String code = error == null ? null : code(error);
    model.addAttribute("code", code);
    model.addAttribute("problem", code == null ? null : "error." + code);
    model.addAttribute("done", done == null ? null : "login.done");
    return "login";
  }

  // Only codes that concern a log-in: the parameter is anybody's.
  private static String code(String given) {
    return switch (given) {
      case "CON-0002", "CON-0012", "CON-0018" -> given;
      default -> "CON-0010";
    };
  }
}
