// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what becomes of the statements of a suite, by who judged them. */
final class RegressionTally {

  static final String RUNS_TEXT = " that runs a text as a statement: ";

  private final Map<String, Integer> accepted = new TreeMap<>();
  private final Map<String, Map<String, List<String>>> refused = new TreeMap<>();
  private final List<String> missed = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  void accepted(String judge) {
    accepted.merge(judge, 1, Integer::sum);
  }

  void refused(String judge, String reason, String sql) {
    refused
        .computeIfAbsent(judge, name -> new TreeMap<>())
        .computeIfAbsent(reason, name -> new ArrayList<>())
        .add(sql);
  }

  void missed(String judge, String what) {
    missed.add(judge + ": " + what);
  }

  void broken(String judge, String what) {
    broken.add(judge + ": " + what);
  }

  List<String> missed() {
    return missed;
  }

  List<String> broken() {
    return broken;
  }

  /** Refusals, but those of functions that run a text as a statement: they have to be refused. */
  Map<String, Double> refusedPercent() {
    Map<String, Double> percent = new LinkedHashMap<>();
    accepted.forEach(
        (judge, count) -> {
          int running = running(judge);
          percent.put(judge, 100.0 * (refusals(judge) - running) / (count - running));
        });
    return percent;
  }

  private int running(String judge) {
    return refused.getOrDefault(judge, Map.of()).entrySet().stream()
        .filter(reason -> reason.getKey().contains(RUNS_TEXT))
        .mapToInt(reason -> reason.getValue().size())
        .sum();
  }

  private int refusals(String judge) {
    return refused.getOrDefault(judge, Map.of()).values().stream().mapToInt(List::size).sum();
  }

  String report() {
    StringBuilder text = new StringBuilder();
    accepted.forEach(
        (judge, count) -> {
          text.append(
              String.format(
                  Locale.ROOT,
                  "%n%s: %d of %d refused (%.2f %%, without what runs texts %.2f %%)%n",
                  judge,
                  refusals(judge),
                  count,
                  100.0 * refusals(judge) / count,
                  refusedPercent().get(judge)));
          refused.getOrDefault(judge, Map.of()).entrySet().stream()
              .sorted(Comparator.comparing(reason -> -reason.getValue().size()))
              .forEach(
                  reason -> {
                    text.append(
                        String.format(
                            Locale.ROOT, "%6d %s%n", reason.getValue().size(), reason.getKey()));
                    reason.getValue().stream()
                        .limit(Integer.getInteger("postgres.regress.examples", 0))
                        .forEach(
                            sql ->
                                text.append("         | ")
                                    .append(sql.replaceAll("\\s+", " "))
                                    .append('\n'));
                  });
        });
    text.append("\nmissed: ").append(missed.size()).append('\n');
    missed.forEach(one -> text.append("  ").append(one).append('\n'));
    text.append("\nbroken: ").append(broken.size()).append('\n');
    broken.forEach(one -> text.append("  ").append(one).append('\n'));
    return text.toString();
  }
}
