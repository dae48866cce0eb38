// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.check.ResultLines;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.compliance.score.Score;
import org.citywall.compliance.score.Scoring;
import org.citywall.compliance.waiver.Waiver;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What registers, rounds and tasks do, whichever database keeps them. */
abstract class AssessmentsContract {

  static final Catalogues CATALOGUES = Catalogues.builtIn();

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final Actor WANG = new Actor("wang", "10.0.0.6");
  private static final String L3 = "gbt22239-l3";
  private static final String CLOUD = "gbt22239-l3-cloud";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final ItemKey TLS = new ItemKey(L3, "L3-CES1-27", "");

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
  private ConsoleFixture console;
  private SystemRegister register;
  private Assessments assessments;
  private Settling settling;
  private CheckFeed feed;
  private Rectification rectification;
  private Waivers granted;

  /** A database without anything in it. */
  abstract StateDatabase emptyDatabase();

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(emptyDatabase(), log, clock);
    LegalCalendar calendar = LegalCalendar.builtIn();
    register = new SystemRegister(console.changes, calendar);
    assessments = new Assessments(console.changes, () -> CATALOGUES, clock, ConsoleRuntime.CHINA);
    settling = new Settling(console.changes, log::size);
    granted = Waivers.none();
    feed =
        new CheckFeed(
            console.changes,
            Checks.builtIn(),
            () -> CATALOGUES,
            () -> granted,
            ConsoleRuntime.CHINA);
    rectification =
        new Rectification(console.changes, assessments, calendar, clock, ConsoleRuntime.CHINA);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void gradesASystemOnTwoAxesAndKnowsWhatIsDue() {
    GradedSystem system = registered("核心系统", true, null, Damage.SERIOUS);
    assertThat(system.grading().code()).isEqualTo("S3A2G3");
    assertThat(duties(system)).containsExactly("FILING", "EXPERT_REVIEW", "ASSESSMENT");

    system = register.review(LI, system.id(), 1, new ExpertReview("专家组", TODAY));
    system = register.file(LI, system.id(), 2, "3301-0001", LocalDate.of(2024, 3, 1));

    assertThat(system.filing().until()).isEqualTo("2028-01-01");
    assertThat(register.due(system, TODAY))
        .extracting(due -> due.duty() + " " + due.on())
        .containsExactly("ASSESSMENT 2027-11-28", "RE_FILING 2028-01-01");
    GradedSystem low = registered("门户", true, null, Damage.ORDINARY);
    assertThat(low.coreBelowThree()).isTrue();
    assertThat(register.page(new SystemRegister.Filter("", null, true), 0, 50))
        .extracting(line -> line.system().name())
        .containsExactly("门户");
    refused(
        ConsoleErrorCode.COMPLIANCE_CHANGED,
        () -> register.file(WANG, new SystemId(1), 1, "3301-0002", TODAY));
    assertThat(register.acts(system.id(), 10))
        .extracting(Acts.Done::action)
        .containsExactly("system-filed", "system-reviewed", "system-registered");
  }

  @Test
  void beginsARoundWithTheTextsAsTheyAreAndTellsTheLog() {
    Assessment round = begin(registered("核心系统", true, null, Damage.SERIOUS), L3);

    RoundView view = assessments.get(round.id());
    assertThat(round.frameworks()).containsExactly("gbt22239-l3/1");
    assertThat(view.frameworks()).containsExactly(CATALOGUES.get(L3));
    assertThat(view.results()).hasSize(211).allMatch(result -> result.unsettled(TODAY));
    LoggedEntry entry = log.read(log.size() - 1);
    assertThat(entry.kind()).isEqualTo(EntryKind.STATE_CHANGE);
    assertThat(entry.event().text(Field.EVENT_ACTION)).isEqualTo("compliance-assessment-begun");
    assertThat(entry.event().text(Field.GOV_ASSESSMENT_ID)).isEqualTo("ASM-0001");
    assertThat(entry.event().text(Field.GOV_NOTE)).contains(CATALOGUES.get(L3).digest());
    assertThat(assessments.acts(round.id(), 1).getFirst().leaf()).hasValue(log.size() - 1);
    refused(
        ConsoleErrorCode.ASSESSMENT_OPEN,
        () -> begin(register.get(new SystemId(1)), "gbt39786-l3"));
  }

  @Test
  void settlesReviewsAndDemandsASecondPersonForWhatDoesNotApply() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();

    ItemResult settled = settling.settle(LI, id, TLS, 1, said(Result.NONCONFORM));

    assertThat(settled.assessor()).isEqualTo("li");
    refused(
        ConsoleErrorCode.COMPLIANCE_CHANGED,
        () -> settling.settle(WANG, id, TLS, 1, said(Result.CONFORM)));
    refused(ConsoleErrorCode.REVIEW_OWN, () -> settling.review(LI, id, TLS));
    assertThat(settling.review(WANG, id, TLS).reviewer()).isEqualTo("wang");
    refused(
        ConsoleErrorCode.SETTLEMENT_INVALID,
        () -> settling.settle(LI, id, TLS, 3, said(Result.NOT_APPLICABLE)));
    refused(
        ConsoleErrorCode.SETTLEMENT_INVALID,
        () -> settling.settle(LI, id, TLS, 3, notApplicable("li")));
    refused(
        ConsoleErrorCode.SETTLEMENT_INVALID,
        () -> settling.settle(LI, id, TLS, 3, said(Result.ERROR)));

    ItemResult excepted = settling.settle(LI, id, TLS, 3, notApplicable("wang"));

    assertThat(excepted.outcome(TODAY)).isEqualTo(Result.NOT_APPLICABLE);
    assertThat(excepted.outcome(TODAY.plusDays(31))).isEqualTo(Result.UNTESTED);
    assertThat(excepted.reviewer()).isNull();
  }

  @Test
  void manyItemsSettledAlikeAreOneEntry() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    List<ItemKey> physical =
        CATALOGUES
            .get(L3)
            .groups()
            .getFirst()
            .items()
            .map(item -> new ItemKey(L3, item.id(), ""))
            .toList();
    long before = log.size();

    assertThat(settling.settleAll(LI, id, physical, notApplicable("wang"))).isEqualTo(22);

    assertThat(log.size()).isEqualTo(before + 1);
    assertThat(log.read(before).event().texts(Field.GOV_CONTROL_ID))
        .hasSize(22)
        .contains("gbt22239-l3/L3-PES1-03");
    assertThat(log.read(before).event().text(Field.GOV_CONTROL_OUTCOME))
        .isEqualTo("not-applicable");
  }

  @Test
  void evidenceHasTwoTimesAndNamesAnEntryOrAFile() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    LocalDate october = LocalDate.of(2026, 10, 1);

    settling.addEvidence(
        LI, id, TLS, Evidence.brought("日志", 0L, null, october, october.plusDays(30)));

    Evidence kept = assessments.get(id).evidence(TLS).getFirst();
    assertThat(kept.from()).isEqualTo(october);
    assertThat(kept.recordedAt()).isEqualTo(clock.instant());
    assertThat(log.read(log.size() - 1).event().texts(Field.GOV_LEAVES)).containsExactly("0");
    for (Evidence bad :
        List.of(
            Evidence.brought("x", 999L, null, TODAY, TODAY),
            Evidence.brought("x", null, "abc", TODAY, TODAY),
            Evidence.brought("x", null, null, TODAY, TODAY),
            Evidence.brought("", 0L, null, TODAY, TODAY),
            Evidence.brought("x", 0L, null, TODAY, TODAY.minusDays(1)))) {
      refused(ConsoleErrorCode.EVIDENCE_INVALID, () -> settling.addEvidence(LI, id, TLS, bad));
    }
  }

  @Test
  void theLastRunOfChecksDecidesButNeverLiftsWhatAPersonSettled() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    String check =
        Checks.builtIn().toList().stream()
            .filter(one -> one.items().contains("L3-CES1-27"))
            .findFirst()
            .orElseThrow()
            .id();
    ItemKey onDatabase = new ItemKey(L3, "L3-CES1-27", "core-db");

    assertThat(feed.feed(LI, id, List.of(run(check, Result.NONCONFORM))))
        .satisfies(fed -> assertThat(fed.taken()).isPositive());
    assertThat(result(id, onDatabase).stated()).isEqualTo(Result.NONCONFORM);
    assertThat(assessments.get(id).results(L3, "L3-CES1-27")).hasSize(1);
    assertThat(assessments.get(id).evidence(onDatabase)).hasSize(1);

    feed.feed(LI, id, List.of(run(check, Result.CONFORM)));
    assertThat(result(id, onDatabase).stated()).isEqualTo(Result.CONFORM);

    settling.settle(LI, id, onDatabase, result(id, onDatabase).version(), said(Result.NONCONFORM));
    assertThat(feed.feed(LI, id, List.of(run(check, Result.CONFORM))).kept()).isPositive();
    assertThat(result(id, onDatabase).stated()).isEqualTo(Result.NONCONFORM);

    feed.feed(LI, id, List.of(run(check, Result.ERROR)));
    assertThat(result(id, onDatabase).stated()).isEqualTo(Result.ERROR);
    assertThat(feed.feed(LI, id, List.of(run("no.such", Result.CONFORM))).unmatched()).isEqualTo(1);
  }

  @Test
  void aWaiverOfTwoPersonsTakesAFindingOutOfTheBaseUntilItEnds() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    ItemKey onDatabase = new ItemKey(L3, "L3-CES1-27", "core-db");
    CheckResult claimed =
        new CheckResult(
            "postgresql.tls",
            1,
            "core-db",
            Result.NONCONFORM,
            "",
            new Waiver("postgresql.tls", "core-db", "x", TODAY.plusYears(9), List.of("a", "b")),
            List.of(),
            null,
            "ab".repeat(32),
            Instant.parse("2026-11-28T01:00:00Z"),
            Duration.ZERO);

    CheckFeed.Fed unsigned = feed.feed(LI, id, ResultLines.read(ResultLines.line(claimed)));

    assertThat(unsigned.waived()).isZero();
    assertThat(result(id, onDatabase).outcome(TODAY)).isEqualTo(Result.NONCONFORM);

    granted = signed("postgresql.tls", "core-db", "等待换库", "2026-12-05");
    CheckFeed.Fed fed = feed.feed(LI, id, List.of(run("postgresql.tls", Result.NONCONFORM)));

    ItemResult waived = result(id, onDatabase);
    assertThat(fed.waived()).isEqualTo(fed.taken()).isPositive();
    assertThat(waived.stated()).isEqualTo(Result.NONCONFORM);
    assertThat(waived.applicability())
        .isEqualTo(new Applicability("等待换库", "zhang.san, li.si", LocalDate.of(2026, 12, 5)));
    assertThat(waived.outcome(LocalDate.of(2026, 12, 5))).isEqualTo(Result.NOT_APPLICABLE);
    assertThat(waived.outcome(LocalDate.of(2026, 12, 6))).isEqualTo(Result.NONCONFORM);
    assertThat(rectification.openAll(LI, id, "数据局")).isZero();
    assertThat(assessments.scores(assessments.get(id)).getFirst().input())
        .contains("\"id\":\"L3-CES1-27\"")
        .doesNotContain("nonconform");

    clock.advance(Duration.ofDays(8));

    assertThat(assessments.scores(assessments.get(id)).getFirst().input()).contains("nonconform");
    assertThat(feed.feed(LI, id, List.of(run("postgresql.tls", Result.NONCONFORM))).waived())
        .isZero();
    assertThat(result(id, onDatabase).applicability()).isNull();
  }

  @Test
  void aWaiverNeverCoversWhatCouldNotBeLookedAt() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    granted = signed("postgresql.tls", "*", "等待换库", "2026-12-05");

    assertThat(feed.feed(LI, id, List.of(run("postgresql.tls", Result.ERROR))).waived()).isZero();

    assertThat(result(id, new ItemKey(L3, "L3-CES1-27", "core-db")).outcome(TODAY))
        .isEqualTo(Result.ERROR);
  }

  @Test
  void aWaivedFindingLiftsNothingThatAPersonFound() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    ItemKey onDatabase = new ItemKey(L3, "L3-CES1-27", "core-db");
    feed.feed(LI, id, List.of(run("postgresql.tls", Result.CONFORM)));
    settling.settle(LI, id, onDatabase, result(id, onDatabase).version(), said(Result.NONCONFORM));
    granted = signed("postgresql.tls", "core-db", "等待换库", "2026-12-05");

    feed.feed(LI, id, List.of(run("postgresql.tls", Result.NONCONFORM)));

    assertThat(result(id, onDatabase).outcome(TODAY)).isEqualTo(Result.NONCONFORM);
  }

  @Test
  void aCheckSettlesTheSameRequirementAtOtherLevels() {
    for (String level : List.of("2", "4")) {
      GradedSystem system = registered("门户" + level, false, null, Damage.ORDINARY);
      AssessmentId id = begin(system, "gbt22239-l" + level).id();

      CheckFeed.Fed fed =
          feed.feed(LI, id, List.of(run("linux.sshd.root-login", Result.NONCONFORM)));

      assertThat(fed.unmatched()).isZero();
      assertThat(assessments.get(id).results())
          .filteredOn(item -> item.stated() == Result.NONCONFORM)
          .extracting(item -> item.key().control())
          .containsExactlyElementsOf(
              level.equals("2")
                  ? List.of("gbt22239-l2/L2-CES1-05", "gbt22239-l2/L2-CES1-07")
                  : List.of("gbt22239-l4/L4-CES1-06", "gbt22239-l4/L4-CES1-08"));
    }
  }

  @Test
  void aRoundThatNoRuleCouldScoreIsNotBegun() {
    GradedSystem system = registered("门户", false, null, Damage.ORDINARY);

    refused(
        ConsoleErrorCode.FRAMEWORK_UNSCORABLE, () -> begin(system, "gbt22239-l2", "gbt22239-l4"));

    assertThat(assessments.ofSystem(system.id())).isEmpty();
  }

  @Test
  void whatIsUnsettledKeepsARoundOpenAndScoresNothing() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    settleAll(id, Result.CONFORM);
    settling.settle(
        LI, id, TLS, 2, new Settlement(Result.CONFORM, "", null, null, null, TODAY.minusDays(1)));

    assertThat(result(id, TLS).outcome(TODAY)).isEqualTo(Result.EVIDENCE_EXPIRED);
    assertThat(score(id, "djbh-2021").conclusion()).isEqualTo(Score.OPEN);
    refused(ConsoleErrorCode.ASSESSMENT_UNSETTLED, () -> assessments.close(LI, id));

    settling.settle(LI, id, TLS, 3, said(Result.CONFORM));
    Assessment closed = assessments.close(LI, id);

    assertThat(closed.scores()).contains("djbh-2021/", "100.00", "djbh-2025/");
    refused(
        ConsoleErrorCode.ASSESSMENT_CLOSED,
        () -> settling.settle(LI, id, TLS, 4, said(Result.NONCONFORM)));
    assertThat(register.page(SystemRegister.Filter.ALL, 0, 10).getFirst().lastAssessed())
        .isEqualTo(TODAY);
  }

  @Test
  void aScoreIsComputedAgainFromItsOwnJson() {
    AssessmentId id =
        begin(
                registered("核心系统", true, null, Damage.SERIOUS),
                L3,
                "gbt39786-l3",
                "data-security-index")
            .id();
    settleAll(id, Result.CONFORM);
    settling.settle(LI, id, TLS, 2, said(Result.NONCONFORM));
    settling.addRisk(LI, id, TLS, RiskGrade.HIGH, true, "明文传输");

    List<Scored> scored = assessments.scores(assessments.get(id));

    assertThat(scored).hasSize(5);
    assertThat(scored)
        .allSatisfy(
            one ->
                assertThat(Scoring.builtIn(one.rule()).score(one.input())).isEqualTo(one.score()));
    assertThat(score(id, "djbh-2021").conclusion()).isEqualTo("差");
    assertThat(score(id, "miping-2023").score()).isEqualByComparingTo("100");
    assertThat(score(id, "index").score()).isEqualByComparingTo("100");
  }

  @Test
  void anItemOfTheCloudTakesThePlatformsConclusionAndLeavesTheBase() {
    GradedSystem cloud = registered("市政务云", false, null, Damage.SERIOUS);
    AssessmentId platform = begin(cloud, CLOUD).id();
    settleAll(platform, Result.CONFORM);
    assessments.close(LI, platform);
    GradedSystem tenant = registered("核心系统", true, cloud.id(), Damage.SERIOUS);

    AssessmentId id = begin(tenant, L3, CLOUD).id();

    ItemResult inherited = result(id, new ItemKey(CLOUD, "L3-PES2-01", ""));
    assertThat(inherited.stated()).isEqualTo(Result.CONFORM);
    assertThat(inherited.origin()).isEqualTo(ItemResult.Origin.PLATFORM);
    assertThat(inherited.comment()).isEqualTo("SYS-0001");
    assertThat(result(id, new ItemKey(CLOUD, "L3-CMS2-01", "")).stated())
        .isEqualTo(Result.UNTESTED);
    refused(
        ConsoleErrorCode.SETTLEMENT_INVALID,
        () -> settling.settle(LI, id, inherited.key(), 1, said(Result.NONCONFORM)));
    assertThat(assessments.scores(assessments.get(id)).getFirst().input())
        .contains("L3-CMS2-01")
        .doesNotContain("L3-PES2-01");
  }

  @Test
  void aFindingBecomesATaskThatOnlyAMendedItemCloses() {
    AssessmentId id = begin(registered("核心系统", true, null, Damage.SERIOUS), L3).id();
    settleAll(id, Result.CONFORM);
    settling.settle(LI, id, TLS, 2, said(Result.NONCONFORM));
    settling.addRisk(LI, id, TLS, RiskGrade.HIGH, true, "明文传输");

    assertThat(rectification.openAll(LI, id, "数据局")).isEqualTo(1);
    assertThat(rectification.openAll(LI, id, "数据局")).isZero();

    RectificationTask task = rectification.get(new TaskId(1));
    assertThat(task.due()).isEqualTo("2026-12-28");
    assertThat(task.overdue(TODAY.plusDays(31))).isTrue();
    refused(ConsoleErrorCode.TASK_STATE, () -> rectification.close(LI, task.id(), 1));
    rectification.mended(WANG, task.id(), 1, "已启用 TLS");
    refused(ConsoleErrorCode.NOT_MENDED, () -> rectification.close(LI, task.id(), 2));
    refused(ConsoleErrorCode.NOT_MENDED, () -> settling.mendRisk(LI, id, 1, "已启用 TLS"));
    rectification.sendBack(LI, task.id(), 2, "仍为明文");
    rectification.mended(WANG, task.id(), 3, "已启用 TLS 并重启");
    settling.settle(LI, id, TLS, 3, said(Result.CONFORM));
    settling.mendRisk(LI, id, 1, "已启用 TLS");

    assertThat(rectification.close(LI, task.id(), 4).state())
        .isEqualTo(RectificationTask.State.CLOSED);
    assertThat(score(id, "djbh-2021").conclusion()).isEqualTo("优");
    assertThat(assessments.scores(assessments.get(id)).getFirst().input())
        .contains("\"found\":1,\"rectified\":1");
  }

  @Test
  void theNextRoundIsComparedWithTheLast() {
    GradedSystem system = registered("核心系统", true, null, Damage.SERIOUS);
    AssessmentId first = begin(system, L3).id();
    settleAll(first, Result.PARTIAL);
    assessments.close(LI, first);

    RoundView second = assessments.get(begin(system, L3).id());

    assertThat(second.assessment().round()).isEqualTo(2);
    assertThat(second.comparable()).isTrue();
    assertThat(second.before(TLS)).isEqualTo(Result.PARTIAL);
  }

  private GradedSystem registered(String name, boolean core, SystemId platform, Damage damage) {
    return register.register(
        LI,
        new SystemRegister.NewSystem(
            name,
            "数据局",
            core,
            platform,
            new Grading(
                new Harm(Harmed.PUBLIC, damage), new Harm(Harmed.PUBLIC, Damage.ORDINARY), TODAY)));
  }

  private Assessment begin(GradedSystem system, String... frameworks) {
    return assessments.begin(LI, new Assessments.Plan(system.id(), List.of(frameworks), TODAY, 50));
  }

  private void settleAll(AssessmentId id, Result outcome) {
    List<ItemKey> keys = assessments.get(id).results().stream().map(ItemResult::key).toList();
    settling.settleAll(LI, id, keys, said(outcome));
  }

  private ItemResult result(AssessmentId id, ItemKey key) {
    return assessments.get(id).results(key.framework(), key.item()).stream()
        .filter(result -> result.key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private Score score(AssessmentId id, String rule) {
    return assessments.scores(assessments.get(id)).stream()
        .filter(one -> one.rule().id().equals(rule))
        .findFirst()
        .orElseThrow()
        .score();
  }

  private List<String> duties(GradedSystem system) {
    return register.due(system, null).stream().map(due -> due.duty().name()).toList();
  }

  private static Settlement said(Result outcome) {
    return Settlement.of(outcome, "说明");
  }

  private static Settlement notApplicable(String approver) {
    Applicability why = new Applicability("无此情形", approver, TODAY.plusDays(30));
    return new Settlement(Result.NOT_APPLICABLE, "", why, null, null, null);
  }

  private static Waivers signed(String check, String target, String reason, String until) {
    String text =
        "waivers:\n  - {check: "
            + check
            + ", target: '"
            + target
            + "', reason: "
            + reason
            + ", until: "
            + until
            + "}\n";
    List<NoteSigner> persons =
        List.of(
            new NoteSigner("zhang.san", new KeyInMemory()),
            new NoteSigner("li.si", new KeyInMemory()));
    SignedNote note =
        new SignedNote(
            text,
            persons.stream().flatMap(person -> person.sign(text).signatures().stream()).toList());
    return Waivers.of(note.toString(), persons.stream().map(NoteSigner::verifierKey).toList());
  }

  private static CheckResult run(String check, Result result) {
    return new CheckResult(
        check,
        1,
        "core-db",
        result,
        "",
        null,
        List.of(),
        null,
        "ab".repeat(32),
        Instant.parse("2026-11-28T01:00:00Z"),
        Duration.ZERO);
  }

  private static void refused(ConsoleErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
