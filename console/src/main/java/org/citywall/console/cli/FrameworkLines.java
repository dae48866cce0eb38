// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.catalogue.ItemRef;
import org.citywall.compliance.catalogue.Wording;
import org.citywall.compliance.self.SelfAssessment;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the command {@code framework} prints. */
final class FrameworkLines {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private FrameworkLines() {}

  static String text(Catalogue catalogue) {
    return catalogue.reference()
        + "  "
        + catalogue.items().size()
        + "  "
        + both(catalogue.title())
        + unconfirmed(catalogue.unconfirmed());
  }

  static String json(Catalogue catalogue) {
    ObjectNode json = JSON.createObjectNode();
    json.put("framework", catalogue.id())
        .put("version", catalogue.version())
        .put("family", word(catalogue.family()))
        .put("level", catalogue.level())
        .put("items", catalogue.items().size())
        .put("source", catalogue.source())
        .put("sha256", catalogue.digest());
    json.putObject("title").put("zh", catalogue.title().zh()).put("en", catalogue.title().en());
    catalogue.unconfirmed().stream()
        .map(FrameworkLines::word)
        .sorted()
        .forEach(json.putArray("to-be-confirmed")::add);
    return json.toString();
  }

  static List<String> whole(Catalogue catalogue, Catalogues all) {
    List<String> lines = new ArrayList<>();
    lines.add(text(catalogue));
    lines.add("source: " + catalogue.source());
    lines.add("sha256: " + catalogue.digest());
    for (Group group : catalogue.groups()) {
      lines.add("");
      lines.add(group.id() + "  " + both(group.title()) + unconfirmed(group.unconfirmed()));
      for (Control control : group.controls()) {
        lines.add("  " + control.id() + "  " + both(control.title()));
        control.items().forEach(item -> lines.add("    " + item(catalogue, item, all)));
      }
    }
    return lines;
  }

  private static String item(Catalogue catalogue, Item item, Catalogues all) {
    Set<String> also = new TreeSet<>();
    ItemRef own = new ItemRef(catalogue.id(), item.id());
    all.linksOf(own).forEach(link -> link.items().forEach(ref -> also.add(ref.toString())));
    also.remove(own.toString());
    String weight =
        item.importance() != null
            ? word(item.importance())
            : item.weight() != null ? item.weight().toPlainString() : "-";
    return item.id()
        + "  "
        + weight
        + "  "
        + word(item.method())
        + (item.responsibility() == null ? "" : "  " + word(item.responsibility()))
        + "  "
        + item.text().zh()
        + (also.isEmpty() ? "" : "  = " + String.join(", ", also));
  }

  private static String both(Wording title) {
    return title.en() == null ? title.zh() : title.zh() + " / " + title.en();
  }

  private static String unconfirmed(Set<Uncertainty> what) {
    return what.isEmpty()
        ? ""
        : what.stream()
            .map(FrameworkLines::word)
            .sorted()
            .collect(Collectors.joining(", ", "  (to be confirmed: ", ")"));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A line of the self-assessment. */
  static String text(String catalogue, String item, SelfAssessment.Entry entry, boolean zh) {
    Wording operator = entry.operator();
    return catalogue
        + "/"
        + item
        + "  "
        + entry.outcome().name().toLowerCase(Locale.ROOT)
        + "  "
        + entry.found().forReader(zh)
        + (operator == null ? "" : "  -> " + operator.forReader(zh));
  }

  static String json(String catalogue, String item, SelfAssessment.Entry entry) {
    ObjectNode json = JSON.createObjectNode();
    json.put("item", catalogue + "/" + item)
        .put("outcome", entry.outcome().name().toLowerCase(Locale.ROOT));
    json.putObject("found").put("zh", entry.found().zh()).put("en", entry.found().en());
    Wording operator = entry.operator();
    if (operator != null) {
      json.putObject("operator").put("zh", operator.zh()).put("en", operator.en());
    }
    ArrayNode evidence = json.putArray("evidence");
    entry.evidence().forEach(evidence::add);
    return json.toString();
  }
}
