// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.anchor.AnchorHealth;
import org.citywall.audit.anchor.AnchorWorker;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.detection.DetectionHealth;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.detection.EngineFacts;
import org.citywall.console.detection.RuleHealth;
import org.citywall.console.detection.RuleWatch;
import org.citywall.console.retention.RetentionHealth;
import org.citywall.console.retention.RetentionWork;
import org.citywall.correlation.EngineStatistics;
import org.citywall.correlation.SigmaStatistics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How the parts of this process are doing. */
@Controller
final class HealthController {

  /** Entries behind the log that are not yet a reason to worry. */
  private static final long LAG = 10_000;

  /** Part of the disk below which somebody should make room. */
  private static final double DISK = 0.05;

  private final EvidenceLog log;
  private final IndexAccess index;
  private final Path dataDir;
  private final ZoneId zone;
  private final LogStatus status;
  private final ObjectProvider<DetectionRunner> detection;
  private final ObjectProvider<RuleWatch> rules;
  private final ObjectProvider<EngineFacts> engine;
  private final ObjectProvider<AnchorWorker> anchors;
  private final ObjectProvider<RetentionWork> retention;
  private final LiveController live;
  private final MessageSource messages;

  HealthController(
      ConsoleRuntime runtime,
      IndexAccess index,
      LogStatus status,
      ObjectProvider<DetectionRunner> detection,
      ObjectProvider<RuleWatch> rules,
      ObjectProvider<EngineFacts> engine,
      ObjectProvider<AnchorWorker> anchors,
      ObjectProvider<RetentionWork> retention,
      LiveController live,
      MessageSource messages) {
    this.log = runtime.log();
    this.index = index;
    this.dataDir = runtime.dataDir();
    this.zone = runtime.zone();
    this.status = status;
    this.detection = detection;
    this.rules = rules;
    this.engine = engine;
    this.anchors = anchors;
    this.retention = retention;
    this.live = live;
    this.messages = messages;
  }

  /** A part with its figures. */
  record Part(String title, boolean well, List<Row> rows) {}

  /** A figure; {@code name} is a message key. */
  record Row(String name, String value) {}

  @GetMapping("/health")
  String health(Locale locale, Model model) {
    Display display = new Display(locale, zone);
    List<Part> parts = new ArrayList<>();
    parts.add(log(display));
    parts.add(index(display, locale));
    detection.ifAvailable(runner -> parts.add(detection(runner.health(), display, locale)));
    rules.ifAvailable(watch -> parts.add(rules(watch.health(), display)));
    anchors.ifAvailable(worker -> parts.add(anchors(worker.health(), display)));
    retention.ifAvailable(work -> parts.add(retention(work.health(), display, locale)));
    parts.add(machine(display, locale));
    parts.add(live(display));
    model.addAttribute("parts", parts);
    return "health";
  }

  private Part log(Display display) {
    LogStatus.Reading reading = status.read();
    long covered = reading.size() - reading.uncovered();
    return new Part(
        "health.part.log",
        !reading.signature().equals("failed") && reading.uncovered() < LAG,
        List.of(
            new Row("health.log-size", display.count(reading.size())),
            new Row("health.checkpoint", display.count(covered)),
            new Row("health.uncovered", display.count(reading.uncovered())),
            new Row("health.covers", display.time(reading.coveredUntil()))));
  }

  private Part index(Display display, Locale locale) {
    long lag = Math.max(0, log.size() - index.nextLeaf());
    return new Part(
        "health.part.index",
        lag < LAG,
        List.of(
            new Row("health.index-next", display.count(index.nextLeaf())),
            new Row("health.index-lag", entries(lag, locale))));
  }

  private Part detection(DetectionHealth health, Display display, Locale locale) {
    String state =
        messages.getMessage("health.state." + display.lower(health.state()), null, locale);
    return new Part(
        "health.part.detection",
        health.state() == DetectionHealth.State.FOLLOWING
            && health.lag() < LAG
            && health.skipped().isEmpty(),
        List.of(
            new Row("health.detection-state", state),
            new Row("health.detection-lag", entries(health.lag(), locale)),
            new Row("health.detection-read", display.time(health.readUpTo())),
            new Row("health.detection-raised", display.count(health.raised())),
            new Row("health.detection-restarts", display.count(health.restarts())),
            new Row("health.detection-skipped", display.count(health.skipped().size())),
            new Row(
                "health.failure",
                health.lastError() == null ? Display.NONE : health.lastError().id())));
  }

  private Part rules(RuleHealth health, Display display) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("health.rules-count", display.count(health.rules())));
    rows.add(new Row("health.rules-floor", display.lower(health.floor())));
    rows.add(new Row("health.rules-rejected", display.count(health.rejected())));
    health.first().forEach(each -> rows.add(new Row("health.rules-rejection", each)));
    ErrorCode error = health.lastError();
    rows.add(new Row("health.failure", error == null ? Display.NONE : error.id()));
    EngineFacts facts = engine.getIfAvailable();
    SigmaStatistics sigma =
        facts == null ? null : facts.statistics().map(EngineStatistics::sigma).orElse(null);
    if (sigma != null) {
      rows.addAll(rows(sigma, display));
    }
    boolean alive = sigma == null || sigma.dead().isEmpty() && sigma.evictions() == 0;
    return new Part("health.part.rules", health.rejected() == 0 && error == null && alive, rows);
  }

  private static List<Row> rows(SigmaStatistics sigma, Display display) {
    return List.of(
        new Row("health.rules-evaluated", display.time(sigma.evaluatedUntil())),
        new Row("health.rules-hits", display.count(sigma.hits())),
        new Row("health.rules-below", display.count(sigma.belowFloor())),
        new Row("health.rules-proven", display.count(sigma.proven())),
        new Row("health.rules-unproven", display.count(sigma.unproven())),
        new Row(
            "health.rules-dead",
            sigma.dead().isEmpty() ? Display.NONE : String.join(", ", sigma.dead())),
        new Row("health.rules-late", display.count(sigma.late() + sigma.hurried())),
        new Row("health.rules-evictions", display.count(sigma.evictions())),
        new Row("health.rules-regexes", display.count(sigma.regexesGivenUp())));
  }

  private static Part anchors(AnchorHealth health, Display display) {
    List<String> failing = health.failing();
    return new Part(
        "health.part.anchors",
        health.isWell(),
        List.of(
            new Row("health.anchor-last", display.time(health.lastAct())),
            new Row("health.anchor-size", display.count(health.size())),
            new Row("health.anchor-failures", display.count(health.failures())),
            new Row(
                "health.anchor-failing",
                failing.isEmpty() ? Display.NONE : String.join(", ", failing))));
  }

  private Part retention(RetentionHealth health, Display display, Locale locale) {
    String state =
        messages.getMessage("health.retention." + display.lower(health.state()), null, locale);
    ErrorCode error = health.lastError();
    return new Part(
        "health.part.retention",
        health.isWell(),
        List.of(
            new Row("health.retention-state", state),
            new Row("health.retention-finished", display.count(health.finished())),
            new Row("health.failure", error == null ? Display.NONE : error.id())));
  }

  private Part machine(Display display, Locale locale) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    Duration up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "health.heap", display.bytes(heap.getUsed()) + " / " + display.bytes(heap.getMax())));
    rows.add(new Row("health.uptime", duration(up, locale)));
    boolean room = true;
    try {
      FileStore disk = Files.getFileStore(dataDir);
      room = disk.getUsableSpace() > DISK * disk.getTotalSpace();
      rows.add(
          new Row(
              "health.disk",
              display.bytes(disk.getUsableSpace()) + " / " + display.bytes(disk.getTotalSpace())));
    } catch (IOException e) {
      room = false;
      rows.add(new Row("health.disk", Display.NONE));
    }
    return new Part("health.part.machine", room, rows);
  }

  private Part live(Display display) {
    return new Part(
        "health.part.live", true, List.of(new Row("health.streams", display.count(live.open()))));
  }

  private String duration(Duration duration, Locale locale) {
    Object[] parts = {duration.toDays(), duration.toHoursPart(), duration.toMinutesPart()};
    return messages.getMessage("health.duration", parts, locale);
  }

  private String entries(long count, Locale locale) {
    return messages.getMessage("health.entries", new Object[] {count}, locale);
  }
}
