// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A level-protection assessment (GB/T 22239 items, GB/T 28448 ids) as scores need it.
 *
 * @param system name of the graded system, for people
 * @param level protection level, 1..4
 * @param attention share of the technical side, 0..1 (关注系数); 0.5 where absent
 * @param items the assessed items, each id once
 * @param risks what remains, with grade
 * @param majorHazards counted on the report's cover (重大风险隐患)
 * @param reading how the rate of 2025 counts; the rule's own where absent
 */
public record DjbhAssessment(
    @Nullable String system,
    int level,
    BigDecimal attention,
    List<Item> items,
    List<Risk> risks,
    MajorHazards majorHazards,
    @Nullable Reading reading) {

  public DjbhAssessment {
    Invalid.unless(level >= 1 && level <= 4, "level", "must be 1..4");
    attention = attention == null ? new BigDecimal("0.5") : attention;
    Invalid.unless(
        attention.signum() >= 0 && attention.compareTo(BigDecimal.ONE) <= 0,
        "attention",
        "must be 0..1");
    items = Invalid.present(items, "items");
    risks = risks == null ? List.of() : Invalid.present(risks, "risks");
    majorHazards = majorHazards == null ? new MajorHazards(0, 0) : majorHazards;
    Set<String> ids = new HashSet<>();
    for (Item item : items) {
      Invalid.unless(ids.add(item.id()), item.id(), "stands twice");
      Invalid.unless(
          item.level() == null || item.level() == level, item.id(), "is of another level");
    }
  }

  /** Side of the two on which an item is scored. */
  public enum Side {
    @JsonProperty("technical")
    @JsonAlias("技术")
    TECHNICAL,
    @JsonProperty("management")
    @JsonAlias("管理")
    MANAGEMENT
  }

  /** Importance of an item. */
  public enum Weight {
    @JsonProperty("key")
    @JsonAlias("关键")
    KEY,
    @JsonProperty("important")
    @JsonAlias("重要")
    IMPORTANT,
    @JsonProperty("ordinary")
    @JsonAlias("一般")
    ORDINARY
  }

  /** What counts towards the conformity rate. */
  public enum Reading {
    /** Conforming items only. */
    @JsonProperty("strict")
    STRICT,
    /** Partly conforming items count one half. */
    @JsonProperty("half")
    HALF
  }

  /**
   * One item with its results.
   *
   * @param id for example {@code L3-CES1-01}
   * @param side by the id's class where absent
   * @param controlPoint where given, the control point's own score is told too
   * @param results one per assessed object, at least one
   */
  public record Item(
      String id, Side side, Weight weight, @Nullable String controlPoint, List<Result> results) {

    private static final Pattern ID = Pattern.compile("L([1-5])-([A-Z]{3})[1-9]-[0-9]{2,3}");
    private static final Set<String> TECHNICAL = Set.of("PES", "CNS", "ABS", "CES", "SMC");
    private static final Set<String> MANAGEMENT = Set.of("PSS", "ORS", "HRS", "CMS", "MMS");

    public Item {
      Invalid.unless(id != null && !id.isBlank(), "items", "an item has no id");
      Invalid.unless(weight != null, id, "weight is missing");
      results = Invalid.present(results, id + " results");
      Invalid.unless(!results.isEmpty(), id, "has no result");
      side = side == null ? sideOf(id) : side;
    }

    private static Side sideOf(String id) {
      Matcher parts = ID.matcher(id);
      String of = parts.matches() ? parts.group(2) : "";
      Invalid.unless(
          TECHNICAL.contains(of) || MANAGEMENT.contains(of),
          id,
          "names no class of GB/T 22239: side is missing");
      return TECHNICAL.contains(of) ? Side.TECHNICAL : Side.MANAGEMENT;
    }

    /** Level that the id names. */
    @Nullable Integer level() {
      Matcher parts = ID.matcher(id);
      return parts.matches() ? Integer.valueOf(parts.group(1)) : null;
    }

    boolean applicable() {
      return results.stream().anyMatch(Result::applicable);
    }

    boolean unsettled() {
      return results.stream().anyMatch(Result::unsettled);
    }

    /** Degree over all objects in halves: all conform 2, none conforms 0, else 1. */
    int halves() {
      List<Integer> each =
          results.stream().filter(Result::applicable).map(Result::halves).distinct().toList();
      return each.size() == 1 ? each.getFirst() : 1;
    }
  }

  /** Number of major hazards found, and of those mended since. */
  public record MajorHazards(int found, int rectified) {

    public MajorHazards {
      Invalid.unless(
          found >= 0 && rectified >= 0 && rectified <= found,
          "majorHazards",
          "must be found >= rectified >= 0");
    }
  }
}
