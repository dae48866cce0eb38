// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Mapping.Link;
import org.citywall.compliance.score.Result;
import org.citywall.console.assessment.Evidence;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RemainingRisk;
import org.citywall.console.assessment.RoundView;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.report.ReportKind;
import org.jspecify.annotations.Nullable;

/**
 * A round as its page shows it: one framework as a tree, scores side by side, one item in the
 * drawer.
 *
 * @param framework the one that is shown
 * @param unsettled items of all frameworks that keep the round open
 */
public record AssessmentView(
    RoundView round,
    Catalogue framework,
    List<Tab> tabs,
    List<Part> parts,
    List<Scored> scores,
    int unsettled,
    @Nullable Drawer drawer) {

  /** A framework of the round and how many of its items are not settled. */
  public record Tab(Catalogue framework, long unsettled, int items) {}

  /** A group with its controls and how many items came to what. */
  public record Part(Group group, List<Point> points, Map<Result, Integer> counts) {}

  /** A control point with its items. */
  public record Point(Control control, List<Row> rows) {}

  /** An item of one object. */
  public record Row(Item item, ItemResult result, Result outcome, Result before, int evidence) {

    public boolean changed() {
      return before != outcome;
    }
  }

  /** The item that is settled now. */
  public record Drawer(
      Row row,
      List<Evidence> evidence,
      List<RemainingRisk> risks,
      List<Link> links,
      boolean technicalUnit,
      @Nullable ItemKey previous,
      @Nullable ItemKey next) {

    public ItemKey key() {
      return row.result().key();
    }
  }

  static AssessmentView of(
      RoundView round,
      String frameworkId,
      @Nullable ItemKey open,
      List<Scored> scores,
      LocalDate today,
      java.util.function.Function<ItemKey, List<Link>> links) {
    Catalogue framework =
        round.frameworks().stream()
            .filter(one -> one.id().equals(frameworkId))
            .findFirst()
            .orElse(round.frameworks().getFirst());
    List<Row> rows = new ArrayList<>();
    List<Part> parts =
        framework.groups().stream()
            .map(group -> part(round, framework, group, today, rows))
            .toList();
    return new AssessmentView(
        round,
        framework,
        round.frameworks().stream().map(one -> tab(round, one, today)).toList(),
        parts,
        scores,
        (int) round.results().stream().filter(result -> result.unsettled(today)).count(),
        drawer(round, framework, rows, open, links));
  }

  /** Reports that the round has something for; a notice where there are tasks. */
  public List<ReportKind> reports() {
    return Arrays.stream(ReportKind.values())
        .filter(kind -> tabs.stream().anyMatch(tab -> kind.tellsOf(tab.framework().family())))
        .toList();
  }

  private static Tab tab(RoundView round, Catalogue framework, LocalDate today) {
    List<Item> items = framework.items();
    long unsettled =
        items.stream()
            .flatMap(item -> round.results(framework.id(), item.id()).stream())
            .filter(result -> result.unsettled(today))
            .count();
    return new Tab(framework, unsettled, items.size());
  }

  private static Part part(
      RoundView round, Catalogue framework, Group group, LocalDate today, List<Row> all) {
    Map<Result, Integer> counts = new EnumMap<>(Result.class);
    List<Point> points = new ArrayList<>();
    for (Control control : group.controls()) {
      List<Row> rows = new ArrayList<>();
      for (Item item : control.items()) {
        for (ItemResult result : round.results(framework.id(), item.id())) {
          Row row =
              new Row(
                  item,
                  result,
                  result.outcome(today),
                  round.before(result.key()),
                  round.evidence(result.key()).size());
          rows.add(row);
          counts.merge(row.outcome(), 1, Integer::sum);
        }
      }
      points.add(new Point(control, rows));
      all.addAll(rows);
    }
    return new Part(group, points, counts);
  }

  private static @Nullable Drawer drawer(
      RoundView round,
      Catalogue framework,
      List<Row> rows,
      @Nullable ItemKey open,
      java.util.function.Function<ItemKey, List<Link>> links) {
    int at = open == null ? 0 : position(rows, open);
    if (at < 0 || rows.isEmpty()) {
      return null;
    }
    Row row = rows.get(at);
    ItemKey key = row.result().key();
    return new Drawer(
        row,
        round.evidence(key),
        round.risks().stream().filter(risk -> risk.item().equals(key.control())).toList(),
        links.apply(key),
        framework.family() == Catalogue.Family.MIPING && technical(framework, row.item()),
        at == 0 ? null : rows.get(at - 1).result().key(),
        at + 1 == rows.size() ? null : rows.get(at + 1).result().key());
  }

  private static boolean technical(Catalogue framework, Item item) {
    return framework.groups().stream()
        .filter(group -> group.side() == Catalogue.Side.TECHNICAL)
        .anyMatch(group -> group.items().anyMatch(item::equals));
  }

  private static int position(List<Row> rows, ItemKey key) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).result().key().equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
