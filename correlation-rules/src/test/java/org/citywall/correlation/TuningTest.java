// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.correlation.Tuning.Verdict;
import org.junit.jupiter.api.Test;

class TuningTest {

  private static final Thresholds NONE = Thresholds.none();

  /** A burst of so many failures, which the rule raises from its threshold on. */
  private record Burst(String rule, String threshold, long size, long leaf) {

    boolean isRaisedBy(RulePack pack) {
      return size >= pack.rule(rule).number(threshold);
    }

    Alert alert() {
      Instant time = Instant.EPOCH.plusSeconds(leaf);
      return new Alert(
          AlertId.of(rule, 1, "g" + leaf, leaf),
          rule,
          1,
          "attempt",
          Severity.MEDIUM,
          "g" + leaf,
          "source:" + leaf,
          time,
          time,
          leaf,
          List.of(leaf),
          1,
          new TreeMap<>(),
          List.of());
    }

    Verdict verdict(boolean right) {
      return new Verdict(rule, "INC-" + leaf, Set.of(leaf), right);
    }
  }

  private static Tuning.History history(List<Burst> bursts) {
    return packs ->
        packs.stream()
            .map(pack -> bursts.stream().filter(b -> b.isRaisedBy(pack)).map(Burst::alert).toList())
            .toList();
  }

  private static Burst guess(long size, long leaf) {
    return new Burst("brute-force", "attempts", size, leaf);
  }

  private static Tuning.Outcome propose(List<Burst> bursts, List<Verdict> verdicts)
      throws InterruptedException {
    return new Tuning(Story.RULES, history(bursts), verdicts).propose(NONE);
  }

  @Test
  void proposesTheSmallestChangeThatEndsFalseAlertsAndKeepsRightOnes() throws Exception {
    List<Burst> bursts = List.of(guess(33, 1), guess(36, 2), guess(90, 3), guess(37, 4));

    Tuning.Outcome outcome =
        propose(
            bursts,
            List.of(
                bursts.get(0).verdict(false),
                bursts.get(1).verdict(false),
                bursts.get(2).verdict(true)));

    assertThat(outcome.proposals())
        .containsExactly(
            new Tuning.Proposal(
                "brute-force",
                "attempts",
                "30",
                "38",
                Set.of("INC-1", "INC-2"),
                Set.of("INC-3"),
                1));
    assertThat(outcome.thresholds().text("b"))
        .isEqualTo("version: \"b\"\nrules:\n  brute-force: {attempts: 38}\n");
    assertThat(Thresholds.parse("x", outcome.thresholds().text("b")).rules())
        .isEqualTo(outcome.thresholds().rules());
  }

  @Test
  void proposesNothingWhereARightAlertWouldBeLost() throws Exception {
    List<Burst> bursts = List.of(guess(90, 1), guess(31, 2));

    Tuning.Outcome outcome =
        propose(bursts, List.of(bursts.get(0).verdict(false), bursts.get(1).verdict(true)));

    assertThat(outcome.proposals()).isEmpty();
    assertThat(outcome.refused()).containsOnlyKeys("brute-force");
    assertThat(outcome.thresholds()).isEqualTo(NONE);
  }

  @Test
  void provesNothingOnAHistoryThatLacksARightAlert() {
    List<Burst> bursts = List.of(guess(33, 1));

    assertThatThrownBy(
            () ->
                propose(bursts, List.of(bursts.get(0).verdict(false), guess(90, 3).verdict(true))))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith("COR-0140")
        .hasMessageContaining("INC-3");
  }

  @RandomizedTest
  void losesNoRightAlertInAnyHistory(RandomGenerator random) throws Exception {
    List<Burst> bursts = new ArrayList<>();
    List<Verdict> verdicts = new ArrayList<>();
    int count = random.nextInt(1, 24);
    for (int leaf = 0; leaf < count; leaf++) {
      Burst burst =
          switch (random.nextInt(3)) {
            case 0 -> guess(random.nextInt(30, 320), leaf);
            case 1 -> new Burst("key-walk", "ids", random.nextInt(50, 520), leaf);
            default -> new Burst("record-walk", "reads", random.nextInt(100, 1020), leaf);
          };
      bursts.add(burst);
      int said = random.nextInt(3);
      if (said > 0) {
        verdicts.add(burst.verdict(said == 1));
      }
    }

    Tuning.Outcome outcome = propose(bursts, verdicts);

    List<Alert> then =
        history(bursts).alerts(List.of(Story.RULES.with(outcome.thresholds()))).getFirst();
    for (Verdict verdict : verdicts) {
      boolean found = then.stream().anyMatch(verdict::isAbout);
      boolean ended =
          outcome.proposals().stream().anyMatch(p -> p.falseGone().contains(verdict.incident()));
      assertThat(found).as(verdict.toString()).isEqualTo(verdict.right() || !ended);
    }
    assertThat(outcome.proposals()).allMatch(each -> !each.falseGone().isEmpty());
  }
}
