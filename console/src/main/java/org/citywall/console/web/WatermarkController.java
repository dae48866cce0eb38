// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.citywall.console.Actor;
import org.citywall.console.config.ConsoleRuntime;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The faint name and time across every page: a photograph of the screen says who was looking. */
@Controller
final class WatermarkController {

  private static final String SVG =
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="340" height="220">\
      <text x="20" y="150" transform="rotate(-20 20 150)" font-family="sans-serif" font-size="14"\
       fill="#1a2330" fill-opacity="0.055">%s</text></svg>\
      """;

  private final Clock clock;
  private final ConsoleRuntime runtime;

  WatermarkController(ConsoleRuntime runtime) {
    this.clock = runtime.clock();
    this.runtime = runtime;
  }

  @GetMapping("/watermark.svg")
  ResponseEntity<String> watermark(Actor actor) {
    String time = new Display(Locale.ROOT, runtime.zone()).time(clock.instant());
    return ResponseEntity.ok()
        .contentType(MediaType.valueOf("image/svg+xml;charset=UTF-8"))
        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePrivate())
        .body(
            String.format(
                Locale.ROOT, SVG, Html.escape(actor.user() + "  " + time.substring(0, 16))));
  }
}
