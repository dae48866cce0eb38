// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.mask.MaskRules;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;

/** Rights by hand; what is not named is shown. */
public final class TestRights implements Rights {

  private final Set<TableName> catalogued = new HashSet<>();
  private final Map<TableName, Map<String, Treatment>> treatments = new HashMap<>();
  private final Map<TableName, String> filters = new HashMap<>();

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
        .mask("public.contact_private", "label", phone)
        .mask("public.contact_private", "secret_phone", phone)
        .filter("public.case_file", "unit = 'east'")
        .mask(
            "public.pseudonym",
            "phone",
            MaskRules.read(Map.of("type", "KEYED_HASH", "key", "a key of sixteen bytes")))
        .mask("public.Odd Name", "Tel No", phone);
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
  public String version() {
    return Integer.toHexString(31 * treatments.hashCode() + filters.hashCode());
  }

  @Override
  public Optional<String> rowFilter(TableName table) {
    return Optional.ofNullable(filters.get(table));
  }
}
