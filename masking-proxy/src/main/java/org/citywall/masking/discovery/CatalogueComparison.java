// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.Category;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A live database against the catalogue.
 *
 * @param catalogueVersion SHA-256 of the catalogue's text, in hexadecimal
 * @param tables that the database holds
 * @param columns of these
 * @param gaps in the order of the database, then of the catalogue
 */
public record CatalogueComparison(
    String database, String catalogueVersion, int tables, int columns, List<CatalogueGap> gaps) {

  /** Most tables that an event names. */
  private static final int MOST_NAMED = 1000;

  /** Data that is not sensitive needs no mask. */
  private static final int LOWEST_LEVEL = 1;

  public CatalogueComparison {
    gaps = List.copyOf(gaps);
  }

  /** Compares; a partition counts as a part of the table that it belongs to. */
  public static CatalogueComparison of(LiveSchema live, Catalogue catalogue) {
    List<CatalogueGap> gaps = new ArrayList<>();
    for (LiveTable table : live.tables().values()) {
      CataloguedTable known = catalogue.table(table.name()).orElse(null);
      if (known != null) {
        compare(table, known, gaps);
      } else if (!isPartOfKnown(table, live, catalogue)) {
        gaps.add(gap(CatalogueGap.Kind.TABLE_UNCATALOGUED, table.name(), null, columns(table)));
      }
    }
    for (CataloguedTable table : catalogue.tables().values()) {
      if (!live.tables().containsKey(table.name())) {
        gaps.add(gap(CatalogueGap.Kind.TABLE_MISSING, table.name(), null, ""));
      }
    }
    return new CatalogueComparison(
        live.database(), catalogue.version(), live.tables().size(), live.columns(), gaps);
  }

  private static String columns(LiveTable table) {
    return table.columns().size() + " columns";
  }

  private static boolean isPartOfKnown(LiveTable table, LiveSchema live, Catalogue catalogue) {
    TableName parent = table.partitionOf();
    while (parent != null) {
      if (catalogue.table(parent).isPresent()) {
        return true;
      }
      LiveTable above = live.tables().get(parent);
      parent = above == null ? null : above.partitionOf();
    }
    return false;
  }

  private static void compare(LiveTable live, CataloguedTable known, List<CatalogueGap> gaps) {
    for (LiveColumn column : live.columns().values()) {
      CataloguedColumn graded = known.columns().get(column.name());
      if (graded == null) {
        gaps.add(
            gap(
                CatalogueGap.Kind.COLUMN_UNCATALOGUED,
                live.name(),
                column.name(),
                column.type().sqlName()));
      } else {
        compare(live.name(), column, graded, gaps);
      }
    }
    for (CataloguedColumn column : known.columns().values()) {
      if (!live.columns().containsKey(column.name())) {
        gaps.add(gap(CatalogueGap.Kind.COLUMN_MISSING, live.name(), column.name(), ""));
      }
    }
  }

  private static void compare(
      TableName table, LiveColumn live, CataloguedColumn graded, List<CatalogueGap> gaps) {
    String type = live.type().sqlName();
    if (graded.type() != null && !graded.type().equals(type)) {
      gaps.add(
          gap(CatalogueGap.Kind.TYPE_CHANGED, table, live.name(), graded.type() + " -> " + type));
    }
    if (graded.level() == LOWEST_LEVEL) {
      return;
    }
    Mask mask = graded.mask().orElse(null);
    if (mask == null) {
      gaps.add(withoutMask(table, graded));
    } else if (!(mask instanceof Mask.ToNull)
        && mask.sql("x", live.type()).startsWith("CAST(NULL")) {
      gaps.add(
          gap(CatalogueGap.Kind.MASK_UNFIT, table, live.name(), mask.algorithm() + " on " + type));
    }
  }

  private static CatalogueGap withoutMask(TableName table, CataloguedColumn graded) {
    Category category = graded.category();
    return category != null && category.mask() == null && category.masks().isEmpty()
        ? gap(CatalogueGap.Kind.CATEGORY_WITHOUT_RULES, table, graded.name(), category.name())
        : gap(CatalogueGap.Kind.WITHOUT_MASK, table, graded.name(), "level " + graded.level());
  }

  private static CatalogueGap gap(
      CatalogueGap.Kind kind, TableName table, @Nullable String column, String detail) {
    return new CatalogueGap(kind, table, column, detail);
  }

  /** How many gaps there are of each kind, of those without any too. */
  public Map<CatalogueGap.Kind, Long> counts() {
    Map<CatalogueGap.Kind, Long> counts = new EnumMap<>(CatalogueGap.Kind.class);
    for (CatalogueGap.Kind kind : CatalogueGap.Kind.values()) {
      counts.put(kind, gaps.stream().filter(gap -> gap.kind() == kind).count());
    }
    return counts;
  }

  /**
   * The entry of the log about this comparison: {@code event.action} is {@code catalogue-compared},
   * {@code db.table} names at most 1,000 tables that the catalogue lacks, {@code gov.note} has the
   * figures as {@code name=number}, separated by blanks.
   */
  public Event event(SourcePosition position, Instant now) {
    String figures =
        counts().entrySet().stream()
            .map(count -> word(count.getKey()) + "=" + count.getValue())
            .collect(Collectors.joining(" "));
    return Event.builder(position, now, now)
        .put(Field.EVENT_DATASET, "citywall.catalogue")
        .put(Field.EVENT_CATEGORY, List.of("configuration"))
        .put(Field.EVENT_ACTION, "catalogue-compared")
        .put(Field.EVENT_OUTCOME, "success")
        .put(Field.DB_SYSTEM, "postgresql")
        .put(Field.DB_NAME, database)
        .put(
            Field.DB_TABLE,
            gaps.stream()
                .filter(gap -> gap.kind() == CatalogueGap.Kind.TABLE_UNCATALOGUED)
                .map(CatalogueGap::place)
                .limit(MOST_NAMED)
                .toList())
        .put(Field.GOV_CONTENT_VERSION, catalogueVersion)
        .put(Field.GOV_NOTE, "tables=" + tables + " columns=" + columns + " " + figures)
        .build();
  }

  /** The kind as files and messages have it: {@code table-uncatalogued}. */
  public static String word(CatalogueGap.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
