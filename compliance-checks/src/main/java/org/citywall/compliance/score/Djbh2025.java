// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.citywall.compliance.score.DjbhAssessment.Item;
import org.citywall.compliance.score.DjbhAssessment.MajorHazards;
import org.citywall.compliance.score.DjbhAssessment.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Conformity rate and major hazards of the 2025 report template. The rate is told in both readings;
 * the one that counts is the assessment's, else the rule's.
 *
 * @param rule name and version
 * @param reading what counts where the assessment does not say
 * @param conform above this rate, in percent, and without a major hazard: conforms
 * @param basic above this rate: basically conforms
 * @param atConform conclusion at exactly the upper bound, which the source leaves open
 * @param atBasic conclusion at exactly the lower bound, which the source leaves open
 * @param withHazard conclusion above the upper bound with a major hazard, likewise
 * @param rectifiedCount whether a hazard that was mended before the report still counts
 * @param names the three conclusions, best first
 * @param toBeConfirmed see {@link Score}
 * @param toBeConfirmedZh the same in Chinese, in the same order; null where the rule has none
 */
record Djbh2025(
    String rule,
    Reading reading,
    BigDecimal conform,
    BigDecimal basic,
    int atConform,
    int atBasic,
    int withHazard,
    boolean rectifiedCount,
    List<String> names,
    List<String> toBeConfirmed,
    @Nullable List<String> toBeConfirmedZh)
    implements ScoringRule<DjbhAssessment> {

  private static final int CONFORM = 0;
  private static final int BASIC = 1;
  private static final int NONCONFORM = 2;

  Djbh2025 {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(conform, "conform");
    Objects.requireNonNull(basic, "basic");
    names = List.copyOf(Objects.requireNonNull(names, "names"));
    toBeConfirmed = List.copyOf(Objects.requireNonNull(toBeConfirmed, "toBeConfirmed"));
    toBeConfirmedZh = ScoringRule.inChinese(toBeConfirmedZh, toBeConfirmed);
    if (names.size() != 3) {
      throw new IllegalArgumentException("names: there are three conclusions");
    }
    for (int conclusion : List.of(atConform, atBasic, withHazard)) {
      if (conclusion < CONFORM || conclusion > NONCONFORM) {
        throw new IllegalArgumentException("a conclusion is numbered 0..2");
      }
    }
  }

  @Override
  public Class<DjbhAssessment> input() {
    return DjbhAssessment.class;
  }

  @Override
  public Score score(DjbhAssessment assessment) {
    List<Item> items = assessment.items().stream().filter(Item::applicable).toList();
    if (items.isEmpty()) {
      return new Score(null, Score.BY_PERSON, Map.of(), rule, List.of(), List.of(), toBeConfirmed);
    }
    Reading counting = assessment.reading() == null ? reading : assessment.reading();
    Fraction rate = rate(items, counting);
    MajorHazards hazards = assessment.majorHazards();
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("reading", counting);
    parts.put("rateStrict", rate(items, Reading.STRICT).rounded(2));
    parts.put("rateHalf", rate(items, Reading.HALF).rounded(2));
    parts.put("items", items.size());
    parts.put("conform", items.stream().filter(item -> item.halves() == 2).count());
    parts.put("partial", items.stream().filter(item -> item.halves() == 1).count());
    parts.put("nonconform", items.stream().filter(item -> item.halves() == 0).count());
    parts.put("majorHazards", cover(hazards));
    List<String> unsettled = items.stream().filter(Item::unsettled).map(Item::id).sorted().toList();
    return new Score(
        rate.rounded(2),
        unsettled.isEmpty() ? names.get(conclusion(rate, counted(hazards) > 0)) : Score.OPEN,
        parts,
        rule,
        deductions(items, counting),
        unsettled,
        toBeConfirmed);
  }

  /** In percent. */
  private static Fraction rate(List<Item> items, Reading reading) {
    return Fraction.of(
        items.stream().mapToLong(item -> 50L * halves(item, reading)).sum(), items.size());
  }

  private static int halves(Item item, Reading reading) {
    return switch (reading) {
      case STRICT -> item.halves() == 2 ? 2 : 0;
      case HALF -> item.halves();
    };
  }

  private int counted(MajorHazards hazards) {
    return rectifiedCount ? hazards.found() : hazards.found() - hazards.rectified();
  }

  private int conclusion(Fraction rate, boolean hazard) {
    int upper = rate.compareTo(Fraction.of(conform));
    int lower = rate.compareTo(Fraction.of(basic));
    int byRate = CONFORM;
    if (lower < 0) {
      byRate = NONCONFORM;
    } else if (lower == 0) {
      byRate = atBasic;
    } else if (upper < 0) {
      byRate = BASIC;
    } else if (upper == 0) {
      byRate = atConform;
    }
    return hazard ? Math.max(byRate, withHazard) : byRate;
  }

  /** As the report's cover prints it. */
  private static String cover(MajorHazards hazards) {
    return hazards.rectified() == 0
        ? Integer.toString(hazards.found())
        : hazards.found() + "（" + hazards.rectified() + "个已整改）";
  }

  private static List<Score.Deduction> deductions(List<Item> items, Reading reading) {
    List<Score.Deduction> all = new ArrayList<>();
    for (Item item : items) {
      int missing = 2 - halves(item, reading);
      if (missing > 0) {
        all.add(
            new Score.Deduction(
                item.id(),
                Fraction.of(50L * missing, items.size()).rounded(4),
                String.format(
                    Locale.ROOT, "%s x 100 / %d", missing == 2 ? "1" : "0.5", items.size())));
      }
    }
    all.sort(
        Comparator.comparing(Score.Deduction::points)
            .reversed()
            .thenComparing(Score.Deduction::item));
    return all;
  }
}
