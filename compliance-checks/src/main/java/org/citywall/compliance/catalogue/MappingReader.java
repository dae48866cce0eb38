// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Mapping.Joins;
import org.citywall.compliance.catalogue.Mapping.Link;
import org.jspecify.annotations.Nullable;

/**
 * Reads one mapping; {@code CMP-0040} with file and line of the first mistake, {@code CMP-0041}
 * where it names an item that is not there.
 */
final class MappingReader {

  private MappingReader() {}

  static Mapping mapping(YamlPlace root, Predicate<ItemRef> exists) {
    Map<String, YamlPlace> keys =
        root.mapping(Set.of("mapping", "version", "joins", "title", "source", "links"));
    List<Link> links = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (YamlPlace place : root.required(keys, "links").list()) {
      Map<String, YamlPlace> link = place.mapping(Set.of("id", "evidence", "items"));
      YamlPlace id = place.required(link, "id");
      if (!ids.add(id.text())) {
        throw id.mistake(id.text() + " stands twice");
      }
      links.add(
          new Link(
              id.text(),
              CatalogueReader.wording(place.required(link, "evidence")),
              items(place.required(link, "items"), exists)));
    }
    return new Mapping(
        root.required(keys, "mapping").text(),
        CatalogueReader.version(root, keys),
        CatalogueReader.wording(root.required(keys, "title")),
        joins(keys.get("joins")),
        root.required(keys, "source").text(),
        links);
  }

  private static Joins joins(@Nullable YamlPlace place) {
    if (place == null) {
      return Joins.EVIDENCE;
    }
    return switch (place.text()) {
      case "evidence" -> Joins.EVIDENCE;
      case "requirement" -> Joins.REQUIREMENT;
      default -> throw place.mistake("joins is evidence or requirement");
    };
  }

  private static List<ItemRef> items(YamlPlace list, Predicate<ItemRef> exists) {
    List<ItemRef> items = new ArrayList<>();
    for (YamlPlace place : list.list()) {
      String[] parts = place.text().split("/", -1);
      if (parts.length != 2) {
        throw place.mistake("an item is written CATALOGUE/ITEM");
      }
      ItemRef item = new ItemRef(parts[0], parts[1]);
      if (!exists.test(item)) {
        throw place.mistake(ComplianceErrorCode.MAPPING_DANGLING, "there is no item " + item);
      }
      if (items.contains(item)) {
        throw place.mistake(item + " stands twice");
      }
      items.add(item);
    }
    if (items.size() < 2) {
      throw list.mistake("a link joins two items or more");
    }
    return items;
  }
}
