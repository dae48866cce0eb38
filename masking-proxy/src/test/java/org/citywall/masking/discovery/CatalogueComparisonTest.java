// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.citywall.masking.discovery.CatalogueGap.Kind.CATEGORY_WITHOUT_RULES;
import static org.citywall.masking.discovery.CatalogueGap.Kind.COLUMN_MISSING;
import static org.citywall.masking.discovery.CatalogueGap.Kind.COLUMN_UNCATALOGUED;
import static org.citywall.masking.discovery.CatalogueGap.Kind.MASK_UNFIT;
import static org.citywall.masking.discovery.CatalogueGap.Kind.TABLE_MISSING;
import static org.citywall.masking.discovery.CatalogueGap.Kind.TABLE_UNCATALOGUED;
import static org.citywall.masking.discovery.CatalogueGap.Kind.TYPE_CHANGED;
import static org.citywall.masking.discovery.CatalogueGap.Kind.WITHOUT_MASK;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.sql.DemoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogueComparisonTest {

  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      defaults:
        personal.phone: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
      tables:
        - name: public.person
          columns:
            id: {level: 1, type: integer}
            name: {level: 4}
            phone: {level: 3, category: personal.phone, type: character varying(11)}
            dept: {level: 2, category: personal.unit}
            salary: {level: 3, category: personal.phone}
            fax: {level: 3, category: personal.phone}
        - name: public.visit
          columns:
            id: {level: 1}
            person_phone: {level: 3, category: personal.phone}
            place: {level: 1}
            day: {level: 1}
        - name: gone.table
          columns:
            id: {level: 1}
      """;

  private static DemoDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = DemoDatabase.start();
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  private static Catalogue catalogue(String text) {
    return Catalogue.parse(
        "catalogue.yaml", text, new SecretReferences(Path.of("x"), Map.of(), Optional.empty()));
  }

  private static CatalogueComparison compared() throws Exception {
    try (Connection app = database.connect("app")) {
      return CatalogueComparison.of(LiveSchema.read(app), catalogue(CATALOGUE));
    }
  }

  @Test
  void namesEachGapOnce() throws Exception {
    CatalogueComparison comparison = compared();

    assertThat(comparison.gaps())
        .filteredOn(gap -> gap.kind() != TABLE_UNCATALOGUED)
        .extracting(CatalogueGap::kind, CatalogueGap::place, CatalogueGap::detail)
        .containsExactly(
            gap(WITHOUT_MASK, "public.person.name", "level 4"),
            gap(COLUMN_UNCATALOGUED, "public.person.id_card", "text"),
            gap(TYPE_CHANGED, "public.person.phone", "character varying(11) -> text"),
            gap(CATEGORY_WITHOUT_RULES, "public.person.dept", "personal.unit"),
            gap(MASK_UNFIT, "public.person.salary", "KEEP_FIRST_N_LAST_M on numeric(12,2)"),
            gap(COLUMN_MISSING, "public.person.fax", ""),
            gap(TABLE_MISSING, "gone.table", ""));
  }

  private static Tuple gap(CatalogueGap.Kind kind, String place, String detail) {
    return tuple(kind, place, detail);
  }

  @Test
  void findsTablesAndCopiesThatTheCatalogueLacksButNotPartsOfWhatItHas() throws Exception {
    CatalogueComparison comparison = compared();

    assertThat(comparison.gaps())
        .filteredOn(gap -> gap.kind() == TABLE_UNCATALOGUED)
        .extracting(CatalogueGap::place)
        .contains("public.uncatalogued", "public.mv_person", "other.person", "public.Odd Name")
        .doesNotContain("public.visit_2026", "public.v_person", "public.person");
  }

  @Test
  void findsATableThatWasMadeSinceTheLastLook() throws Exception {
    long before = compared().counts().get(TABLE_UNCATALOGUED);
    try (Connection owner = database.connect("postgres");
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE other.copied(phone text)");

      assertThat(compared().counts().get(TABLE_UNCATALOGUED)).isEqualTo(before + 1);
      statement.execute("DROP TABLE other.copied");
    }
  }

  @Test
  void agreesWhereNothingDiffers() throws Exception {
    try (Connection owner = database.connect("postgres")) {
      LiveSchema live = LiveSchema.read(owner);
      StringBuilder yaml = new StringBuilder("scheme: zhejiang-4\ntables:\n");
      for (LiveTable table : live.tables().values()) {
        yaml.append("  - name: '\"").append(table.name().schema()).append("\".\"");
        yaml.append(table.name().name()).append("\"'\n    columns:\n");
        for (LiveColumn column : table.columns().values()) {
          yaml.append("      '\"").append(column.name()).append("\"': {level: 1, type: '");
          yaml.append(column.type().sqlName()).append("'}\n");
        }
      }

      assertThat(CatalogueComparison.of(live, catalogue(yaml.toString())).gaps()).isEmpty();
    }
  }

  @Test
  void tellsTheLogTheFiguresAndTheTables() throws Exception {
    Instant now = Instant.parse("2026-05-01T00:00:00Z");
    Event event = compared().event(new SourcePosition("catalogue/compare", 1, 1), now);

    assertThat(event.text(Field.EVENT_ACTION)).isEqualTo("catalogue-compared");
    assertThat(event.text(Field.GOV_NOTE))
        .contains("table-missing=1", "column-uncatalogued=1", "type-changed=1", "mask-unfit=1");
    assertThat(List.copyOf(event.texts(Field.DB_TABLE))).contains("public.uncatalogued");
  }
}
