// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame, the way values are written and the page's own address into every page. */
@ControllerAdvice(basePackageClasses = FrameAdvice.class)
final class FrameAdvice {

  private final EvidenceLog log;
  private final IndexAccess index;
  private final Incidents incidents;
  private final Clock clock;
  private final ZoneId zone;

  FrameAdvice(ConsoleRuntime runtime, IndexAccess index, Incidents incidents) {
    this.log = runtime.log();
    this.index = index;
    this.clock = runtime.clock();
    this.zone = runtime.zone();
    this.incidents = incidents;
  }

  @ModelAttribute("frame")
  @Nullable Frame frame(@Nullable Authentication user, Locale locale) {
    return user == null ? null : new Frame(user, locale, clock.instant(), log, index, incidents);
  }

  @ModelAttribute("fmt")
  Display display(Locale locale) {
    return new Display(locale, zone);
  }

  @ModelAttribute("here")
  String here(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
