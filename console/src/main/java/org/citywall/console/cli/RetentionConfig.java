// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.retention.RetentionPolicy;

/**
 * What {@code citywall.yaml} says about keeping payloads: section {@code retention} with {@code
 * days}, {@code groups} (days by subject group) and {@code approval-days}. What is not said is as
 * in {@link RetentionPolicy#DEFAULT}.
 */
final class RetentionConfig {

  static final String KEY = "retention";

  private static final String DAYS = "days";
  private static final String GROUPS = "groups";
  private static final String APPROVAL = "approval-days";

  private RetentionConfig() {}

  /** The policy; {@code CLI-0001} where it is malformed or keeps payloads too short. */
  static RetentionPolicy of(Map<String, Object> yaml) {
    Map<?, ?> section = section(yaml.getOrDefault(KEY, Map.of()), KEY);
    if (!Set.of(DAYS, GROUPS, APPROVAL).containsAll(section.keySet())) {
      throw invalid("known are " + DAYS + ", " + GROUPS + " and " + APPROVAL);
    }
    Map<String, Integer> groups = new HashMap<>();
    section(section.get(GROUPS) == null ? Map.of() : section.get(GROUPS), GROUPS)
        .forEach((group, days) -> groups.put(String.valueOf(group), number(days, GROUPS)));
    RetentionPolicy standard = RetentionPolicy.DEFAULT;
    RetentionPolicy policy =
        new RetentionPolicy(
            section.get(DAYS) == null ? standard.days() : number(section.get(DAYS), DAYS),
            groups,
            section.get(APPROVAL) == null
                ? standard.approvalDays()
                : number(section.get(APPROVAL), APPROVAL));
    if (!policy.isLawful()) {
      throw invalid(
          ("payloads are kept " + RetentionPolicy.FLOOR_DAYS + " days at least, whatever is said")
              + (" here, and " + APPROVAL + " is 1.." + RetentionPolicy.MAX_APPROVAL_DAYS));
    }
    return policy;
  }

  private static Map<?, ?> section(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw invalid(name + " is a section");
  }

  private static int number(Object value, String name) {
    if (value instanceof Integer number) {
      return number;
    }
    throw invalid(name + ": " + value + " is no number of days");
  }

  private static PlatformException invalid(String detail) {
    return ServerYaml.invalid(KEY + ": " + detail, null);
  }
}
