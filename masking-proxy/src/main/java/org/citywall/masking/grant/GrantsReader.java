// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.SqlName;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.WorkingHoursReader;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the document of a {@code grants.yaml}.
 *
 * @param catalogue that has to know what is granted
 */
record GrantsReader(Catalogue catalogue) {

  private static final String APPROVER = "approver";
  private static final String COLUMNS = "columns";
  private static final String CATEGORIES = "categories";
  private static final String LOOK_UPS = "look-ups";
  private static final String PERSON = "person";
  private static final String[] KEYS = {
    "id",
    PERSON,
    COLUMNS,
    CATEGORIES,
    "kind",
    "purposes",
    "valid-from",
    "valid-until",
    "rows",
    "single-use",
    LOOK_UPS,
    APPROVER,
    "reason",
    "ticket",
    "statement",
    "hours"
  };

  List<Grant> read(YamlValue root) {
    List<Grant> grants = new ArrayList<>();
    Map<String, YamlValue> places = new HashMap<>();
    for (YamlValue value : root.mapping("grants").require("grants").list()) {
      Grant grant = grant(value.mapping(KEYS));
      YamlValue earlier = places.put(grant.id(), value);
      if (earlier != null) {
        throw value.mistake(
            MaskingErrorCode.NAME_TWICE,
            "grant " + grant.id() + " is there already, line " + earlier.line());
      }
      grants.add(grant);
    }
    return grants;
  }

  private Grant grant(YamlMapping grant) {
    Grant.Kind kind =
        grant.find("kind").map(one -> one.choice(Grant.Kind.class)).orElse(Grant.Kind.READ);
    Instant from = moment(grant.require("valid-from"));
    Instant until = moment(grant.require("valid-until"));
    String person = grant.require(PERSON).text();
    String approver = grant.require(APPROVER).text();
    if (approver.equals(person)) {
      throw grant.require(APPROVER).mistake(MaskingErrorCode.GRANT_INVALID, "is the person");
    }
    if (!from.isBefore(until)) {
      throw grant.require("valid-until").mistake(MaskingErrorCode.GRANT_INVALID, "ends first");
    }
    Grant read =
        new Grant(
            id(grant.require("id")),
            person,
            columns(grant),
            categories(grant),
            kind,
            texts(grant, "purposes"),
            from,
            until,
            grant.find("rows").map(rows -> (long) rows.number(1, Integer.MAX_VALUE)).orElse(null),
            grant.find("single-use").map(YamlValue::flag).orElse(false),
            grant.find(LOOK_UPS).map(GrantsReader::lookUps).orElse(null),
            approver,
            grant.require("reason").text(),
            grant.find("ticket").map(YamlValue::text).orElse(null),
            digest(grant),
            grant.find("hours").map(WorkingHoursReader::read).orElse(null));
    requireWhole(read, grant.place());
    return read;
  }

  private static void requireWhole(Grant grant, YamlValue place) {
    if (grant.columns().isEmpty() && grant.categories().isEmpty()) {
      throw place.mistake(MaskingErrorCode.GRANT_INVALID, "names neither columns nor categories");
    }
    boolean looksUp = grant.kind() == Grant.Kind.LOOK_UP;
    if (looksUp != (grant.lookUps() != null) || looksUp && grant.isLimited()) {
      throw place.mistake(
          MaskingErrorCode.GRANT_INVALID,
          "look-ups is for kind look-up, which needs it; rows and single-use are for kind read");
    }
  }

  /** A part of the name of a count. */
  private static String id(YamlValue value) {
    if (!value.text().matches("[A-Za-z0-9._-]{1,64}")) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is 1 to 64 letters, digits, dots and dashes");
    }
    return value.text();
  }

  private static @Nullable String digest(YamlMapping grant) {
    YamlValue value = grant.find("statement").orElse(null);
    if (value != null && !value.text().matches("[0-9a-f]{64}")) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is the digest that sql explain prints, in lower case");
    }
    return value == null ? null : value.text();
  }

  private List<Grant.GrantedColumns> columns(YamlMapping grant) {
    List<Grant.GrantedColumns> columns = new ArrayList<>();
    for (YamlValue value : grant.find(COLUMNS).map(YamlValue::list).orElse(List.of())) {
      columns.add(columns(value));
    }
    return columns;
  }

  private Grant.GrantedColumns columns(YamlValue value) {
    List<String> parts = SqlName.parts(value.text(), value);
    if (parts.size() != 3) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is schema.table.column, or schema.table.* for each");
    }
    TableName name = new TableName(parts.get(0), parts.get(1));
    CataloguedTable table = catalogue.table(name).orElse(null);
    boolean every = parts.get(2).equals("*");
    if (table == null || !every && !table.columns().containsKey(parts.get(2))) {
      throw value.mistake(MaskingErrorCode.GRANT_INVALID, "the catalogue has no " + value.text());
    }
    return new Grant.GrantedColumns(name, every ? null : parts.get(2));
  }

  private Set<String> categories(YamlMapping grant) {
    Set<String> categories = new HashSet<>();
    for (YamlValue value : grant.find(CATEGORIES).map(YamlValue::list).orElse(List.of())) {
      if (!catalogue.categories().containsKey(value.text())) {
        throw value.mistake(
            MaskingErrorCode.GRANT_INVALID, "the catalogue has no category " + value.text());
      }
      categories.add(value.text());
    }
    return categories;
  }

  private static Grant.LookUps lookUps(YamlValue value) {
    YamlMapping budget = value.mapping("values", "period");
    YamlValue period = budget.require("period");
    try {
      Duration duration = Duration.parse(period.text());
      if (duration.isPositive()) {
        return new Grant.LookUps(budget.require("values").number(1, Integer.MAX_VALUE), duration);
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw period.mistake(MaskingErrorCode.VALUE_INVALID, "is a time as in PT24H");
  }

  private static Instant moment(YamlValue value) {
    try {
      return OffsetDateTime.parse(value.text()).toInstant();
    } catch (DateTimeException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "is a moment with its offset, as 2027-01-01T00:00:00+08:00");
    }
  }

  private static Set<String> texts(YamlMapping mapping, String key) {
    return mapping.find(key).map(value -> Set.copyOf(value.texts())).orElse(Set.of());
  }
}
