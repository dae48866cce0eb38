// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.check.Check;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which checks serve which items: each item that a machine can settle, and each that is served. */
final class CheckItems {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CheckItems() {}

  /** An item and the ids of its checks. */
  private record Served(Catalogue.Item item, List<String> checks) {
    String method() {
      return item.method().name().toLowerCase(Locale.ROOT);
    }
  }

  static List<String> lines(Catalogue catalogue, List<Check> checks) {
    return served(catalogue, checks).stream()
        .map(
            one ->
                one.item().id()
                    + "  "
                    + one.method()
                    + "  "
                    + one.item().text().zh()
                    + "  "
                    + (one.checks().isEmpty() ? "-" : String.join(",", one.checks())))
        .toList();
  }

  static List<String> json(Catalogue catalogue, List<Check> checks) {
    List<String> lines = new ArrayList<>();
    for (Served one : served(catalogue, checks)) {
      ObjectNode json = JSON.createObjectNode();
      json.put("item", one.item().id()).put("method", one.method());
      ArrayNode ids = json.putArray("checks");
      one.checks().forEach(ids::add);
      lines.add(json.toString());
    }
    return lines;
  }

  /** A table for a page. */
  static List<String> markdown(Catalogue catalogue, List<Check> checks) {
    List<String> lines = new ArrayList<>();
    lines.add("| item | method | requirement | checks |");
    lines.add("|---|---|---|---|");
    for (Served one : served(catalogue, checks)) {
      String ids = one.checks().isEmpty() ? "none" : "`" + String.join("`, `", one.checks()) + "`";
      lines.add(
          "| "
              + one.item().id()
              + " | "
              + one.method()
              + " | "
              + one.item().text().zh()
              + " | "
              + ids
              + " |");
    }
    return lines;
  }

  /** How many items that a machine can settle alone there are, and how many of them are served. */
  static String coverage(Catalogue catalogue, List<Check> checks) {
    List<Served> automatic =
        served(catalogue, checks).stream()
            .filter(one -> one.item().method() == Catalogue.Method.AUTO)
            .toList();
    long covered = automatic.stream().filter(one -> !one.checks().isEmpty()).count();
    return covered + " of " + automatic.size();
  }

  private static List<Served> served(Catalogue catalogue, List<Check> checks) {
    List<Served> served = new ArrayList<>();
    for (Catalogue.Item item : catalogue.items()) {
      List<String> ids =
          checks.stream()
              .filter(check -> check.items().contains(item.id()))
              .map(Check::id)
              .toList();
      if (!ids.isEmpty() || item.method() == Catalogue.Method.AUTO) {
        served.add(new Served(item, ids));
      }
    }
    return served;
  }
}
