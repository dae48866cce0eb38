// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.assessment.GrantedWaivers;
import org.citywall.console.checking.CheckPlan;
import org.citywall.console.checking.CheckSchedule;
import org.citywall.console.checking.ListedTarget;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;

/**
 * What {@code citywall.yaml} says about checks: section {@code checks} with {@code targets}, {@code
 * waivers} and {@code signers} (files as {@code check run} takes them, read anew for each use),
 * {@code schedule} (as in crontab), {@code limit} (seconds of a collection) and {@code at-once}.
 *
 * @param targets file of targets, whether or not it is there
 * @param waivers null where nothing is waived
 * @param signers null where nothing is waived
 * @param schedule when all targets are looked at; null for on demand only
 * @param limit how long one collection may take
 */
record CheckConfig(
    Path targets,
    @Nullable Path waivers,
    @Nullable Path signers,
    @Nullable CheckSchedule schedule,
    Duration limit,
    int atOnce)
    implements GrantedWaivers {

  static final String KEY = "checks";

  private static final String TARGETS = "targets";
  private static final String WAIVERS = "waivers";
  private static final String SIGNERS = "signers";
  private static final String SCHEDULE = "schedule";
  private static final String LIMIT = "limit";
  private static final String AT_ONCE = "at-once";
  private static final Set<String> KEYS =
      Set.of(TARGETS, WAIVERS, SIGNERS, SCHEDULE, LIMIT, AT_ONCE);
  private static final int USUAL_LIMIT = 30;
  private static final int MOST_SECONDS = 600;
  private static final int USUAL_AT_ONCE = 8;
  private static final int MOST_AT_ONCE = 256;

  /**
   * The section; {@code CLI-0001} where it is malformed.
   *
   * @param folder that paths are relative to
   * @param usual file of targets where nothing is said
   */
  static CheckConfig of(Map<String, Object> yaml, Path folder, Path usual) {
    if (!(yaml.getOrDefault(KEY, Map.of()) instanceof Map<?, ?> section)
        || !KEYS.containsAll(section.keySet())) {
      throw invalid(
          "is a section of "
              + String.join(", ", TARGETS, WAIVERS, SIGNERS, SCHEDULE, LIMIT, AT_ONCE));
    }
    if (section.containsKey(WAIVERS) != section.containsKey(SIGNERS)) {
      throw invalid(WAIVERS + " and " + SIGNERS + " belong together");
    }
    Path targets = path(folder, section.get(TARGETS));
    return new CheckConfig(
        targets == null ? usual : targets,
        path(folder, section.get(WAIVERS)),
        path(folder, section.get(SIGNERS)),
        schedule(section.get(SCHEDULE)),
        Duration.ofSeconds(number(section, LIMIT, USUAL_LIMIT, MOST_SECONDS)),
        number(section, AT_ONCE, USUAL_AT_ONCE, MOST_AT_ONCE));
  }

  /**
   * With what the console makes runs.
   *
   * @param runs folder of the files of runs
   */
  CheckPlan plan(Path runs) {
    return new CheckPlan(this::listed, runs, limit, atOnce, Optional.ofNullable(schedule));
  }

  private List<ListedTarget> listed() {
    return Files.exists(targets) ? CheckTargets.list(targets) : List.of();
  }

  @Override
  public Waivers read() {
    return waivers == null || signers == null
        ? Waivers.none()
        : CheckWaiverCommand.read(waivers, signers);
  }

  private static @Nullable CheckSchedule schedule(@Nullable Object value) {
    try {
      return value == null ? null : new CheckSchedule(value.toString(), ConsoleRuntime.CHINA);
    } catch (IllegalArgumentException e) {
      throw invalid(SCHEDULE + ": " + e.getMessage());
    }
  }

  private static int number(Map<?, ?> section, String key, int absent, int most) {
    Object value = section.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Integer number && number >= 1 && number <= most) {
      return number;
    }
    throw invalid(key + " must be 1.." + most + ", not " + value);
  }

  private static @Nullable Path path(Path folder, @Nullable Object value) {
    return value == null ? null : folder.resolve(value.toString()).normalize();
  }

  private static PlatformException invalid(String detail) {
    return ServerYaml.invalid(KEY + ": " + detail, null);
  }
}
