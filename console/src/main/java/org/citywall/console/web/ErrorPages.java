// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import org.citywall.audit.PlatformException;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** The page for everything that fails: what happened, its stable code and the way back. */
@Controller
final class ErrorPages implements ErrorController {

  private final MessageSource messages;
  private final Clock clock;
  private final ZoneId zone;

  ErrorPages(MessageSource messages, ConsoleRuntime runtime) {
    this.messages = messages;
    this.clock = runtime.clock();
    this.zone = runtime.zone();
  }

  @RequestMapping("/error")
  ModelAndView error(HttpServletRequest request, Locale locale) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return page(status instanceof Integer number ? number : 404, null, locale);
  }

  /** The page for a failure with a code. */
  ModelAndView page(PlatformException failure, Locale locale) {
    return page(failure.code().httpStatus(), failure, locale);
  }

  ModelAndView page(int status, @Nullable PlatformException failure, Locale locale) {
    int known = HttpStatus.resolve(status) == null ? 500 : status;
    ModelAndView page = new ModelAndView("error", HttpStatus.valueOf(known));
    String kind = "failure." + kind(known);
    page.addObject("title", messages.getMessage(kind + ".title", null, locale));
    page.addObject(
        "explanation",
        failure == null
            ? messages.getMessage(kind + ".text", null, locale)
            : messages.getMessage(
                failure.code().messageKey(), null, failure.code().meaning(), locale));
    page.addObject("code", failure == null ? "HTTP-" + known : failure.code().id());
    page.addObject("status", known);
    page.addObject("now", clock.instant());
    page.addObject("fmt", new Display(locale, zone));
    page.addObject("here", "/");
    return page;
  }

  private static String kind(int status) {
    return switch (status) {
      case 400, 405, 409, 413, 415 -> "400";
      case 401, 403 -> "403";
      case 404 -> "404";
      case 503 -> "503";
      default -> "500";
    };
  }
}
