// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.Tuning.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What officers said of incidents, read from the log, where each of their decisions is an entry.
 * False is what was dismissed as a false positive. Right is what was resolved or handed up, and
 * what was dismissed as an exercise or as true without consequence: the rule did its duty. What is
 * open, was approved or is covered by another incident says nothing of a threshold.
 */
public final class TriageVerdicts {

  private static final int AT_ONCE = 4000;

  private static final class Case {
    private String rule = "";
    private final Set<Long> leaves = new TreeSet<>();
    private @Nullable String state;
    private @Nullable String reason;
  }

  private TriageVerdicts() {}

  /**
   * Reads the whole log.
   *
   * @param progress is told how many entries were read
   */
  public static List<Verdict> read(LogReader log, LongConsumer progress) {
    Map<String, Case> cases = new LinkedHashMap<>();
    long size = log.size();
    for (long next = 0; next < size; ) {
      List<LoggedEntry> entries = log.read(next, (int) Math.min(AT_ONCE, size - next));
      if (entries.isEmpty()) {
        break;
      }
      entries.forEach(entry -> take(entry.event(), cases));
      next += entries.size();
      progress.accept(next);
    }
    List<Verdict> verdicts = new ArrayList<>();
    cases.forEach((incident, each) -> add(incident, each, verdicts));
    return verdicts;
  }

  private static void take(Event event, Map<String, Case> cases) {
    String incident = event.text(Field.GOV_INCIDENT_ID);
    String action = event.text(Field.EVENT_ACTION);
    String rule = event.text(Field.RULE_ID);
    if (incident == null
        || rule == null
        || action == null
        || !action.startsWith(HistoryWriter.ACTION_PREFIX)) {
      return;
    }
    Case each = cases.computeIfAbsent(incident, id -> new Case());
    each.rule = rule;
    event.texts(Field.GOV_LEAVES).forEach(leaf -> each.leaves.add(Long.valueOf(leaf)));
    each.state = event.text(Field.GOV_INCIDENT_STATE);
    String reason = event.text(Field.EVENT_REASON);
    each.reason = reason == null ? each.reason : reason;
  }

  private static void add(String incident, Case each, List<Verdict> verdicts) {
    if (each.state == null || each.leaves.isEmpty()) {
      return;
    }
    switch (IncidentState.valueOf(each.state)) {
      case RESOLVED, ESCALATED -> verdicts.add(new Verdict(each.rule, incident, each.leaves, true));
      case DISMISSED -> addDismissed(incident, each, verdicts);
      case NEW, TAKEN -> {}
    }
  }

  private static void addDismissed(String incident, Case each, List<Verdict> verdicts) {
    if (each.reason == null) {
      return;
    }
    switch (DismissReason.valueOf(each.reason)) {
      case FALSE_POSITIVE -> verdicts.add(new Verdict(each.rule, incident, each.leaves, false));
      case EXERCISE, NO_IMPACT -> verdicts.add(new Verdict(each.rule, incident, each.leaves, true));
      case APPROVED_WORK, DUPLICATE -> {}
    }
  }
}
