// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.CatalogueEditor;
import org.citywall.compliance.catalogue.CatalogueEditor.GroupText;
import org.citywall.compliance.catalogue.CatalogueEditor.Head;
import org.citywall.compliance.catalogue.CatalogueEditor.ItemText;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.Assessment;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.Grading;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.assessment.Settlement;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.report.ReportFont;
import org.citywall.console.report.ReportFormat;
import org.citywall.console.report.ReportKind;
import org.citywall.console.report.Reports;
import org.citywall.console.state.LoggedAuditTrail;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What frameworks of officers do, whichever database keeps them. */
abstract class FrameworksContract {

  private static final Actor LI = new Actor("li", "10.0.0.5");
  private static final Actor WANG = new Actor("wang", "10.0.0.6");
  private static final String OWN = "own-extranet";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

  private final MemoryLog log = new MemoryLog();
  private final MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
  private ConsoleFixture console;
  private OwnFrameworks frameworks;
  private Assessments assessments;

  @TempDir private Path exported;

  /** A database without anything in it. */
  abstract StateDatabase emptyDatabase();

  @BeforeEach
  void start() {
    console = ConsoleFixture.start(emptyDatabase(), log, clock);
    frameworks = new OwnFrameworks(console.changes, Catalogues.builtIn());
    assessments =
        new Assessments(console.changes, frameworks::catalogues, clock, ConsoleRuntime.CHINA);
  }

  @AfterEach
  void stop() {
    console.close();
  }

  @Test
  void aDraftIsNoFrameworkUntilAnotherOfficerPublishesIt() {
    OwnFramework own = copied();
    own = added(LI, own, "ai", "ai-1");
    long version = own.version();
    assertThat(frameworks.catalogues().find(OWN)).isEmpty();
    refused(ConsoleErrorCode.FRAMEWORK_PUBLISH_OWN, () -> frameworks.publish(LI, OWN, version));
    refused(ConsoleErrorCode.COMPLIANCE_CHANGED, () -> frameworks.publish(WANG, OWN, 1));

    OwnFramework published = frameworks.publish(WANG, OWN, version);

    assertThat(published.draft()).isNull();
    assertThat(published.versions()).hasSize(1);
    assertThat(frameworks.catalogues().get(OWN)).isEqualTo(own.draft());
    assertThat(new OwnFrameworks(console.changes, Catalogues.builtIn()).catalogues().get(OWN))
        .isEqualTo(own.draft());
    refused(ConsoleErrorCode.FRAMEWORK_NO_DRAFT, () -> added(LI, published, "x", "x-1"));
  }

  @Test
  void everyChangeIsAnEntryOfTheLog() {
    OwnFramework own = added(LI, copied(), "ai", "ai-1");

    LoggedEntry entry = log.read(log.size() - 1);
    assertThat(entry.kind()).isEqualTo(EntryKind.STATE_CHANGE);
    assertThat(entry.event().text(Field.EVENT_ACTION)).isEqualTo("compliance-framework-edited");
    assertThat(entry.event().text(Field.USER_NAME)).isEqualTo("li");
    assertThat(entry.event().text(Field.GOV_NOTE))
        .contains(own.draft().digest(), "added ai-1", "text.zh: - -> 智能应用登记");
    assertThat(entry.event().texts(Field.GOV_CONTROL_ID)).contains(OWN + "/ai-1");
    frameworks.publish(WANG, OWN, own.version());
    frameworks.revise(WANG, OWN);
    frameworks.discard(WANG, OWN, frameworks.find(OWN).orElseThrow().version());
    assertThat(frameworks.acts(OWN, 10))
        .extracting(FrameworkActs.Done::action)
        .containsExactly(
            "framework-discarded",
            "framework-revised",
            "framework-published",
            "framework-edited",
            "framework-begun");
    assertThat(frameworks.acts(OWN, 1).getFirst().leaf()).hasValue(log.size() - 1);
    long size = log.size();
    refused(
        ComplianceErrorCode.CATALOGUE_UNKNOWN, () -> frameworks.publish(WANG, "own-nothing", 1));
    assertThat(log.size()).isEqualTo(size);
  }

  @Test
  void aVersionStaysAsItIsAndTheNextOneSaysSomethingElse() {
    Catalogue first = published(added(LI, copied(), "ai", "ai-1"));
    OwnFramework next = frameworks.revise(LI, OWN);
    long unchanged = next.version();
    assertThat(next.draft().version()).isEqualTo(2);
    refused(ConsoleErrorCode.FRAMEWORK_UNCHANGED, () -> frameworks.publish(WANG, OWN, unchanged));
    refused(ConsoleErrorCode.FRAMEWORK_DRAFT_OPEN, () -> frameworks.revise(LI, OWN));

    Catalogue second =
        published(
            frameworks.edit(
                LI, OWN, unchanged, draft -> CatalogueEditor.of(draft).remove("duty-drill")));

    assertThat(frameworks.catalogues().get(OWN)).isEqualTo(second);
    assertThat(frameworks.catalogues().get(OWN + "/1")).isEqualTo(first);
  }

  @Test
  void anIdIsOneFrameworks() {
    copied();

    refused(ComplianceErrorCode.FRAMEWORK_ID_TAKEN, this::copied);
    refused(
        ComplianceErrorCode.FRAMEWORK_ID_TAKEN,
        () -> frameworks.copy(LI, "extranet-template", "gbt22239-l3", "甲", ""));
    refused(
        ComplianceErrorCode.FRAMEWORK_ID_TAKEN,
        () -> frameworks.take(LI, "file", Catalogues.builtIn().get("gbt22239-l3").yaml()));
    refused(
        ComplianceErrorCode.CATALOGUE_INVALID, () -> frameworks.take(LI, "file", "catalogue: [}"));
  }

  @Test
  void whatGoesOutComesInAlike() throws IOException {
    Catalogue published = published(added(LI, copied(), "ai", "ai-1"));
    Files.writeString(exported.resolve("own.yaml"), published.yaml());

    assertThat(Catalogues.with(List.of(exported)).get(OWN)).isEqualTo(published);
    OwnFramework again = frameworks.take(LI, "own.yaml", published.yaml());
    assertThat(again.draft().version()).isEqualTo(2);
    assertThat(again.draft().groups()).isEqualTo(published.groups());
    frameworks.discard(LI, OWN, again.version());
    Catalogue other =
        CatalogueEditor.of(CatalogueEditor.of(published).version(7)).copy("own-other", "另", "");
    assertThat(frameworks.take(LI, "f", CatalogueEditor.of(other).version(7).yaml()).draft())
        .isEqualTo(CatalogueEditor.of(other).version(7));
  }

  @Test
  void whatItsRuleCannotScoreIsNotPublishedAndNotBegun() {
    OwnFramework own = copied();
    OwnFramework scored =
        frameworks.edit(
            LI, OWN, own.version(), draft -> CatalogueEditor.of(draft).head(head("index"), 0));
    refused(
        ConsoleErrorCode.FRAMEWORK_UNSCORABLE,
        () -> frameworks.publish(WANG, OWN, scored.version()));
    frameworks.copy(LI, "gbt22239-l3", "own-l3", "三级", "");
    frameworks.publish(WANG, "own-l3", 1);
    GradedSystem system = registered();

    refused(ConsoleErrorCode.FRAMEWORK_UNSCORABLE, () -> begin(system, "own-l3", "gbt22239-l3"));
    assertThat(begin(system, "own-l3").frameworks()).containsExactly("own-l3/1");
  }

  @Test
  void aRoundIsBegunWithItScoredByItsRuleAndReported() {
    OwnFramework own = copied();
    own =
        frameworks.edit(
            LI, OWN, own.version(), draft -> CatalogueEditor.of(draft).head(head("djbh"), 0));
    Catalogue published = published(own);
    Assessment round = begin(registered(), OWN);
    Settling settling = new Settling(console.changes, log::size);
    List<ItemKey> keys =
        assessments.get(round.id()).results().stream().map(ItemResult::key).toList();
    settling.settleAll(LI, round.id(), keys, Settlement.of(Result.CONFORM, ""));
    settling.settleAll(LI, round.id(), keys.subList(0, 2), Settlement.of(Result.NONCONFORM, "未登记"));
    published(
        frameworks.edit(
            LI,
            OWN,
            frameworks.revise(LI, OWN).version(),
            draft -> CatalogueEditor.of(draft).remove("duty")));

    assertThat(keys).hasSize(8);
    assertThat(assessments.get(round.id()).frameworks()).containsExactly(published);
    Scored rate =
        assessments.scores(assessments.get(round.id())).stream()
            .filter(one -> one.rule().id().equals("djbh-2025"))
            .findFirst()
            .orElseThrow();
    assertThat(rate.score().score()).isEqualByComparingTo("75.00");
    Reports reports =
        new Reports(
            assessments,
            new Rectification(
                console.changes, assessments, LegalCalendar.builtIn(), clock, ConsoleRuntime.CHINA),
            log,
            new LoggedAuditTrail(console.changes),
            clock,
            "city+key",
            ReportFont.of(null));
    assertThat(
            new String(
                reports.make(LI, round.id(), ReportKind.DJBH, ReportFormat.JSON, false), UTF_8))
        .contains(published.digest(), "市外网检查", "75.00");
  }

  private OwnFramework copied() {
    return frameworks.copy(LI, "extranet-template", OWN, "市外网检查", "City extranet");
  }

  private OwnFramework added(Actor actor, OwnFramework own, String group, String item) {
    return frameworks.edit(
        actor,
        own.id(),
        own.version(),
        draft ->
            CatalogueEditor.of(draft)
                .addGroup(
                    new GroupText(group, "智能应用", "", "", ""),
                    new ItemText(item, "", "智能应用登记", "", "", "", "manual", "")));
  }

  private Catalogue published(OwnFramework own) {
    frameworks.publish(WANG, own.id(), own.version());
    return frameworks.catalogues().get(own.draft().reference());
  }

  private static Head head(String family) {
    return new Head("1", "市外网检查", "", "the city", family, "", Set.of());
  }

  private GradedSystem registered() {
    Harm harm = new Harm(Harmed.PUBLIC, Damage.SERIOUS);
    return new SystemRegister(console.changes, LegalCalendar.builtIn())
        .register(
            LI,
            new SystemRegister.NewSystem("外网", "数据局", false, null, new Grading(harm, harm, TODAY)));
  }

  private Assessment begin(GradedSystem system, String... chosen) {
    return assessments.begin(LI, new Assessments.Plan(system.id(), List.of(chosen), TODAY, 50));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
