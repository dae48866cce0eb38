// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A headless Chromium of the system, and what its pages complain about. */
final class Chromium implements AutoCloseable {

  private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  private Chromium() {
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(EXECUTABLE)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  static boolean installed() {
    return Files.isExecutable(EXECUTABLE);
  }

  static Chromium start() {
    return new Chromium();
  }

  /** A page of a fresh profile in this language. */
  Page page(URI address, String language, boolean script) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address.toString())
                .setLocale(language)
                .setTimezoneId("Asia/Shanghai")
                .setJavaScriptEnabled(script)
                .setViewportSize(1366, 768));
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onConsoleMessage(this::note);
    page.onPageError(complaints::add);
    return page;
  }

  /** Errors of scripts and violations of the content security policy on any page so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private void note(ConsoleMessage message) {
    boolean trouble = message.type().equals("error") || message.type().equals("warning");
    // A form that is refused answers 4xx, which Chromium reports too.
    if (trouble && !message.text().startsWith("Failed to load resource")) {
      complaints.add(message.text());
    }
  }

  @Override
  public void close() {
    playwright.close();
  }
}
