// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/**
 * Reads the list {@code rows} of a table.
 *
 * @param columns of the table
 */
record RowRulesReader(Set<String> columns) {

  private static final String OF_PERSON = "person.";
  private static final String COLUMN = "column";
  private static final String EQUALS = "equals";
  private static final String IN = "in";
  private static final String SQL = "sql";
  private static final String UNLESS = "unless";

  List<RowRule> read(YamlValue list) {
    List<RowRule> rules = new ArrayList<>();
    for (YamlValue value : list.list()) {
      YamlMapping rule = value.mapping(COLUMN, EQUALS, IN, SQL, UNLESS);
      rules.add(
          new RowRule(
              condition(rule, value),
              rule.find(UNLESS).map(needs -> unless(rule, needs)).orElse(null)));
    }
    return rules;
  }

  private static Needs unless(YamlMapping rule, YamlValue place) {
    Needs needs = CatalogueReader.needs(rule, UNLESS);
    if (needs.equals(Needs.NONE)) {
      throw place.mistake(MaskingErrorCode.VALUE_INVALID, "would be met by everybody");
    }
    return needs;
  }

  private RowCondition condition(YamlMapping rule, YamlValue place) {
    int kinds = 0;
    for (String key : List.of(EQUALS, IN, SQL)) {
      kinds += rule.find(key).isPresent() ? 1 : 0;
    }
    if (kinds != 1 || rule.find(SQL).isPresent() == rule.find(COLUMN).isPresent()) {
      throw place.mistake(
          MaskingErrorCode.VALUE_INVALID, "is column with equals or in, or sql alone");
    }
    if (rule.find(SQL).isPresent()) {
      YamlValue sql = rule.require(SQL);
      return new RowCondition.Sql(sql.text(), sql.place());
    }
    String column = column(rule.require(COLUMN));
    return rule.find(IN)
        .<RowCondition>map(values -> new RowCondition.In(column, some(values)))
        .orElseGet(() -> equalTo(column, rule.require(EQUALS)));
  }

  private static List<String> some(YamlValue values) {
    List<String> texts = values.texts();
    if (texts.isEmpty()) {
      throw values.mistake(MaskingErrorCode.VALUE_INVALID, "is empty");
    }
    return texts;
  }

  private static RowCondition equalTo(String column, YamlValue value) {
    return switch (value.text()) {
      case OF_PERSON + "name" -> new RowCondition.OfPerson(column, RowCondition.Attribute.NAME);
      case OF_PERSON + "department" ->
          new RowCondition.OfPerson(column, RowCondition.Attribute.DEPARTMENT);
      case String text when text.startsWith(OF_PERSON) ->
          throw value.mistake(
              MaskingErrorCode.VALUE_INVALID, "of a person there are name and department");
      case String text -> new RowCondition.In(column, List.of(text));
    };
  }

  private String column(YamlValue value) {
    String column = SqlName.column(value.text(), value);
    if (!columns.contains(column)) {
      throw value.mistake(
          MaskingErrorCode.ROW_FILTER_INVALID, "the table has no column " + value.text());
    }
    return column;
  }
}
