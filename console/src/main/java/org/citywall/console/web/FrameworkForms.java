// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.citywall.compliance.catalogue.CatalogueEditor.GroupText;
import org.citywall.compliance.catalogue.CatalogueEditor.Head;
import org.citywall.compliance.catalogue.CatalogueEditor.ItemText;
import org.jspecify.annotations.Nullable;

/** Between the fields of the editor's forms and what a catalogue says. */
final class FrameworkForms {

  private FrameworkForms() {}

  static Map<String, String> head(Catalogue of) {
    Map<String, String> fields = new HashMap<>();
    fields.put("version", Integer.toString(of.version()));
    fields.put("zh", of.title().zh());
    put(fields, "en", of.title().en());
    fields.put("source", of.source());
    fields.put("family", word(of.family()));
    put(fields, "level", of.level());
    of.unconfirmed().forEach(one -> fields.put("uncertain-" + word(one), "true"));
    return fields;
  }

  static Map<String, String> group(Group of) {
    Map<String, String> fields = new HashMap<>();
    fields.put("was", of.id());
    fields.put("groupid", of.id());
    fields.put("groupzh", of.title().zh());
    put(fields, "groupen", of.title().en());
    put(fields, "side", of.side() == null ? null : word(of.side()));
    put(fields, "groupweight", of.weight() == null ? null : of.weight().toPlainString());
    return fields;
  }

  static Map<String, String> item(Control in, Item of) {
    Map<String, String> fields = new HashMap<>();
    fields.put("was", of.id());
    fields.put("id", of.id());
    fields.put("control", in.id());
    fields.put("zh", of.text().zh());
    put(fields, "en", of.text().en());
    put(fields, "importance", of.importance() == null ? null : word(of.importance()));
    put(fields, "weight", of.weight() == null ? null : of.weight().toPlainString());
    fields.put("method", word(of.method()));
    fields.put("how", of.how());
    return fields;
  }

  static Head head(Map<String, String> fields) {
    Set<Uncertainty> unconfirmed = new HashSet<>();
    for (Uncertainty one : Uncertainty.values()) {
      if (fields.containsKey("uncertain-" + word(one))) {
        unconfirmed.add(one);
      }
    }
    return new Head(
        get(fields, "version"),
        get(fields, "zh"),
        get(fields, "en"),
        get(fields, "source"),
        get(fields, "family"),
        get(fields, "level"),
        unconfirmed);
  }

  static GroupText groupText(Map<String, String> fields) {
    return new GroupText(
        get(fields, "groupid"),
        get(fields, "groupzh"),
        get(fields, "groupen"),
        get(fields, "side"),
        get(fields, "groupweight"));
  }

  static ItemText itemText(Map<String, String> fields) {
    return new ItemText(
        get(fields, "id"),
        get(fields, "control"),
        get(fields, "zh"),
        get(fields, "en"),
        get(fields, "importance"),
        get(fields, "weight"),
        get(fields, "method"),
        get(fields, "how"));
  }

  static String get(Map<String, String> fields, String name) {
    return fields.getOrDefault(name, "").strip();
  }

  private static void put(Map<String, String> fields, String name, @Nullable Object value) {
    fields.put(name, value == null ? "" : value.toString());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
