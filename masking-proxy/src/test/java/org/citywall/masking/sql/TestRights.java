// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.mask.MaskRules;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.jspecify.annotations.Nullable;

/** Rights by hand; what is not named is shown. */
public final class TestRights implements Rights {

  private final Set<TableName> catalogued = new HashSet<>();
  private final Map<TableName, Map<String, Treatment>> treatments = new HashMap<>();
  private final Map<TableName, String> filters = new HashMap<>();
  private final Map<TableName, Map<String, LookUpRight>> lookUps = new HashMap<>();
  private final Map<TableName, Map<String, MaskedForm>> forms = new HashMap<>();
  private boolean passesUnknown;

  /** A caller of the corpus: name, identity card and telephone are above their clearance. */
  public static TestRights ofCorpus() {
    return new TestRights()
        .know("public.person")
        .know("public.orders")
        .know("public.person_copy")
        .know("public.account")
        .know("public.big")
        .know("other.person")
        .mask("public.person", "name", new CharacterMask.KeepFirstLast(1, 0, '*'))
        .mask("public.person", "id_card", new CharacterMask.MaskFromTo(6, 16, '*'))
        .mask("public.person", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'));
  }

  /** The same caller in the tables of {@code more-setup.sql}. */
  public static TestRights ofMore() {
    Mask phone = new CharacterMask.KeepFirstLast(3, 4, '*');
    return ofCorpus()
        .mask("public.visit", "person_phone", phone)
        .know("public.contact")
        .know("public.named_like_function")
        .know("public.named_like_caller")
        .mask("public.contact_private", "label", phone)
        .mask("public.contact_private", "secret_phone", phone)
        .filter("public.case_file", "unit = 'east'")
        .form("public.person_copy", "phone", new MaskedForm(phone, IdentifierKind.MOBILE_NUMBER))
        .mask(
            "public.pseudonym",
            "phone",
            MaskRules.read(Map.of("type", "KEYED_HASH", "key", "a key of sixteen bytes")))
        .mask("public.Odd Name", "Tel No", phone);
  }

  /** The same caller, who may look up the columns that are masked. */
  public static TestRights ofLookUps() {
    return ofMore()
        .lookUp("public.person", "name", null)
        .lookUp("public.person", "id_card", null)
        .lookUp("public.person", "phone", IdentifierKind.MOBILE_NUMBER)
        .lookUp("public.visit", "person_phone", IdentifierKind.MOBILE_NUMBER)
        .lookUp("public.contact_private", "label", IdentifierKind.MOBILE_NUMBER)
        .lookUp("public.contact_private", "secret_phone", IdentifierKind.MOBILE_NUMBER)
        .lookUp("public.pseudonym", "phone", IdentifierKind.MOBILE_NUMBER)
        .lookUp("public.Odd Name", "Tel No", IdentifierKind.MOBILE_NUMBER);
  }

  /** Somebody from whom columns of PostgreSQL's regression suite are hidden; other tables pass. */
  static TestRights ofRegression() {
    Mask middle = new CharacterMask.KeepFirstLast(1, 1, '*');
    return new TestRights()
        .passUnknownTables()
        .mask("public.tenk1", "stringu1", middle)
        .mask("public.tenk1", "string4", middle)
        .mask("public.onek", "stringu1", middle)
        .mask("public.text_tbl", "f1", middle)
        .treat("public.int8_tbl", "q2", new Treatment.Hidden("above clearance"))
        .mask("public.person", "name", middle)
        .treat("public.emp", "salary", new Treatment.Hidden("above clearance"));
  }

  /** Somebody who may see everything. */
  public static TestRights withoutMasks() {
    TestRights rights = ofMore();
    rights.treatments.clear();
    rights.filters.clear();
    return rights;
  }

  public TestRights know(String table) {
    catalogued.add(name(table));
    return this;
  }

  public TestRights mask(String table, String column, Mask mask) {
    return treat(table, column, new Treatment.Masked(mask));
  }

  public TestRights treat(String table, String column, Treatment treatment) {
    know(table);
    treatments.computeIfAbsent(name(table), t -> new HashMap<>()).put(column, treatment);
    return this;
  }

  public TestRights filter(String table, String condition) {
    filters.put(name(table), condition);
    return know(table);
  }

  /** Allows to look rows up by a column, 50 values a day. */
  public TestRights lookUp(String table, String column, @Nullable IdentifierKind identifier) {
    return lookUp(table, column, identifier, 50);
  }

  public TestRights lookUp(
      String table, String column, @Nullable IdentifierKind identifier, long values) {
    lookUps
        .computeIfAbsent(name(table), t -> new HashMap<>())
        .put(
            column,
            new LookUpRight(name(table), column, identifier, values, Duration.ofDays(1), "g1"));
    return this;
  }

  /** Others see the column in this form. */
  public TestRights form(String table, String column, MaskedForm form) {
    forms.computeIfAbsent(name(table), t -> new HashMap<>()).put(column, form);
    return know(table);
  }

  /** Lets tables pass that are not named. */
  public TestRights passUnknownTables() {
    passesUnknown = true;
    return this;
  }

  /** Knows a table that the corpus does not have. */
  void knowNew(TableName table) {
    if (table.name().startsWith("t")) {
      catalogued.add(table);
    }
  }

  private static TableName name(String table) {
    String[] parts = table.split("\\.", 2);
    return new TableName(parts[0], parts[1]);
  }

  @Override
  public Treatment of(TableName table, String column) {
    return treatments.getOrDefault(table, Map.of()).getOrDefault(column, new Treatment.Plain());
  }

  @Override
  public boolean catalogued(TableName table) {
    return catalogued.contains(table);
  }

  @Override
  public boolean passesUnknownTables() {
    return passesUnknown;
  }

  @Override
  public String version() {
    return Integer.toHexString(
        31 * (31 * treatments.hashCode() + filters.hashCode()) + lookUps.hashCode());
  }

  @Override
  public Optional<LookUpRight> lookUp(TableName table, String column) {
    return Optional.ofNullable(lookUps.getOrDefault(table, Map.of()).get(column));
  }

  @Override
  public Optional<MaskedForm> maskedForm(TableName table, String column) {
    return Optional.ofNullable(forms.getOrDefault(table, Map.of()).get(column));
  }

  @Override
  public Optional<String> rowFilter(TableName table) {
    return Optional.ofNullable(filters.get(table));
  }
}
