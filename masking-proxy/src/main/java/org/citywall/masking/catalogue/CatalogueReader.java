// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/** Reads the document of a catalogue. */
final class CatalogueReader {

  private static final String LEVEL = "level";
  private static final String MASK = "mask";
  private static final String NEEDS = "needs";

  private final YamlMapping document;
  private final MaskReader masks;
  private final LevelScheme scheme;
  private final Map<String, Category> categories = new HashMap<>();

  CatalogueReader(YamlValue root, MaskReader masks) {
    this.document = root.mapping("scheme", "defaults", "tables");
    this.masks = masks;
    this.scheme = LevelSchemes.read(document.require("scheme"));
  }

  Catalogue read(String version) {
    document
        .find("defaults")
        .ifPresent(
            defaults ->
                defaults
                    .mapping()
                    .entries()
                    .forEach((name, value) -> categories.put(name, category(name, value))));
    Map<TableName, CataloguedTable> tables = new LinkedHashMap<>();
    Map<TableName, YamlValue> places = new HashMap<>();
    for (YamlValue value : document.require("tables").list()) {
      CataloguedTable table = table(value);
      YamlValue earlier = places.put(table.name(), value);
      if (earlier != null) {
        throw twice(value, "table " + table.name(), earlier);
      }
      tables.put(table.name(), table);
    }
    return new Catalogue(scheme, categories, tables, version);
  }

  private Category category(String name, YamlValue value) {
    YamlMapping mapping = value.mapping(LEVEL, MASK, "levels", NEEDS, "identifier");
    Map<Integer, Mask> byLevel = new HashMap<>();
    if (mapping.find("levels").isPresent()) {
      YamlMapping levels = mapping.require("levels").mapping();
      levels
          .entries()
          .forEach(
              (number, rule) ->
                  byLevel.put(
                      scheme.read(levels.key(number)),
                      masks.read(rule.mapping(MASK).require(MASK))));
    }
    return new Category(
        name,
        mapping.find(LEVEL).map(scheme::read).orElse(null),
        mapping.find(MASK).map(masks::read).orElse(null),
        byLevel,
        needs(mapping, NEEDS),
        mapping.find("identifier").map(one -> one.choice(IdentifierKind.class)).orElse(null));
  }

  private CataloguedTable table(YamlValue value) {
    YamlMapping mapping =
        value.mapping(
            "name", "owner", "subject", "grade", "sharing", "opening", NEEDS, "rows", "columns");
    TableName name = SqlName.table(mapping.require("name"));
    Map<String, CataloguedColumn> columns = columns(mapping.require("columns"));
    return new CataloguedTable(
        name,
        mapping.find("owner").map(YamlValue::text).orElse(null),
        subject(mapping, columns),
        mapping
            .find("grade")
            .map(grade -> grade.choice(NationalGrade.class))
            .orElse(NationalGrade.GENERAL),
        mapping.find("sharing").map(sharing -> sharing.choice(Sharing.class)).orElse(null),
        mapping
            .find("opening")
            .map(opening -> opening.choice(Opening.class))
            .orElseGet(() -> opening(columns)),
        needs(mapping, NEEDS),
        mapping.find("rows").map(new RowRulesReader(columns.keySet())::read).orElse(List.of()),
        columns);
  }

  /** A whole is as sensitive as its most sensitive part (就高从严). */
  private Opening opening(Map<String, CataloguedColumn> columns) {
    int level =
        columns.values().stream().mapToInt(CataloguedColumn::level).max().orElse(scheme.highest());
    return scheme.levels().get(level - 1).opening();
  }

  private static @Nullable String subject(
      YamlMapping table, Map<String, CataloguedColumn> columns) {
    YamlValue value = table.find("subject").orElse(null);
    if (value == null) {
      return null;
    }
    String subject = SqlName.column(value.text(), value);
    if (!columns.containsKey(subject)) {
      throw value.mistake(
          MaskingErrorCode.SUBJECT_MISSING, "the table has no column " + value.text());
    }
    return subject;
  }

  private Map<String, CataloguedColumn> columns(YamlValue value) {
    YamlMapping mapping = value.mapping();
    Map<String, CataloguedColumn> columns = new LinkedHashMap<>();
    Map<String, YamlValue> places = new HashMap<>();
    mapping
        .entries()
        .forEach(
            (written, column) -> {
              YamlValue place = mapping.key(written);
              String name = SqlName.column(written, place);
              YamlValue earlier = places.put(name, place);
              if (earlier != null) {
                throw twice(place, "column " + name, earlier);
              }
              columns.put(name, column(name, column));
            });
    return columns;
  }

  private CataloguedColumn column(String name, YamlValue value) {
    YamlMapping mapping = value.mapping(LEVEL, "category", MASK, "type");
    // a category that the defaults lack has no mask, so that its values are not shown at all
    Category category =
        mapping
            .find("category")
            .map(YamlValue::text)
            .map(one -> categories.computeIfAbsent(one, CatalogueReader::withoutRules))
            .orElse(null);
    int level =
        category == null || category.level() == null || mapping.find(LEVEL).isPresent()
            ? scheme.read(mapping.require(LEVEL))
            : category.level();
    return new CataloguedColumn(
        name,
        level,
        category,
        mapping.find(MASK).map(masks::read).orElse(null),
        mapping.find("type").map(YamlValue::text).orElse(null));
  }

  private static Category withoutRules(String name) {
    return new Category(name, null, null, Map.of(), Needs.NONE, null);
  }

  /** The needs under a key; none where it is missing. */
  static Needs needs(YamlMapping mapping, String key) {
    YamlValue value = mapping.find(key).orElse(null);
    if (value == null) {
      return Needs.NONE;
    }
    YamlMapping needs = value.mapping("purposes", "purpose", "person-types", "departments");
    Set<PersonType> types = new HashSet<>();
    needs
        .find("person-types")
        .ifPresent(list -> list.list().forEach(one -> types.add(one.choice(PersonType.class))));
    boolean declared =
        needs
            .find("purpose")
            .map(purpose -> purpose.choice(PurposeNeed.class) == PurposeNeed.REQUIRED)
            .orElse(false);
    return new Needs(texts(needs, "purposes"), declared, types, texts(needs, "departments"));
  }

  private static Set<String> texts(YamlMapping mapping, String key) {
    return mapping.find(key).map(value -> new HashSet<>(value.texts())).orElseGet(HashSet::new);
  }

  private static PlatformException twice(YamlValue place, String what, YamlValue earlier) {
    return place.mistake(
        MaskingErrorCode.NAME_TWICE, what + " is there already, line " + earlier.line());
  }
}
