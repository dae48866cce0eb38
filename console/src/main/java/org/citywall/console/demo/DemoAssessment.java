// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.CheckRun;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.collect.DatabaseSource;
import org.citywall.compliance.collect.PostgresTarget;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.assessment.Applicability;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.Grading;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.Settlement;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.assessment.SystemRegister.NewSystem;
import org.jspecify.annotations.Nullable;

/**
 * The made-up city's graded systems and the round of its core system on the city cloud, which comes
 * to 84.00 and yet 差, because one high risk remains: the demo database really offers no TLS. Once
 * for each data folder.
 */
public final class DemoAssessment {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String GENERAL = "gbt22239-l3";
  private static final String CLOUD = "gbt22239-l3-cloud";
  private static final Actor ASSESSOR = new Actor("chen.jing", "");
  private static final String APPROVER = "zhang.wei";

  private static final Set<String> NOT_APPLICABLE =
      Set.of(
          "L3-PES1-08 L3-PES1-14 L3-PES1-16 L3-PES1-19 L3-PES1-20 L3-PES1-21 L3-PES1-22"
              .split(" "));
  private static final Set<String> NO_SUCH_CASE =
      Set.of(
          ("L3-ABS1-04 L3-ABS1-15 L3-CNS1-08 L3-ABS1-20 L3-CES1-24 L3-CES1-11 L3-CES2-01"
                  + " L3-CES2-13 L3-ABS2-08 L3-SMC2-04 L3-CMS1-11 L3-CMS1-12 L3-CMS1-13 L3-CMS1-14"
                  + " L3-CMS1-15 L3-CMS1-16 L3-CMS1-17 L3-CMS1-18 L3-CMS1-19 L3-CMS1-20")
              .split(" "));
  private static final Set<String> NONCONFORM =
      Set.of("L3-CES1-04", "L3-PES1-02", "L3-PES1-04", "L3-PES1-11", "L3-MMS1-43", "L3-HRS1-08");
  private static final Set<String> PARTIAL =
      Set.of(
          ("L3-ABS1-06 L3-CES1-07 L3-CES1-19 L3-SMC1-11 L3-PES1-01 L3-PES1-05 L3-PES1-07"
                  + " L3-PES1-10 L3-PES1-12 L3-PES1-13 L3-PES1-15 L3-PES1-18 L3-CES1-32 L3-CES1-33"
                  + " L3-PSS1-01 L3-PSS1-02 L3-PSS1-03 L3-PSS1-04 L3-PSS1-05 L3-ORS1-09 L3-ORS1-10"
                  + " L3-CMS1-23 L3-MMS1-08 L3-MMS1-10 L3-MMS1-38 L3-MMS1-41")
              .split(" "));

  private final Desk desk;
  private final LocalDate today;

  private DemoAssessment(Desk desk) {
    this.desk = desk;
    this.today = desk.assessments().today();
  }

  /** What assessments are made with. */
  public record Desk(
      SystemRegister register,
      Assessments assessments,
      Settling settling,
      CheckFeed feed,
      Rectification rectification) {}

  /**
   * Fills an empty register; does nothing where it has a system.
   *
   * @param transport runs the check of the database's transport encryption
   */
  public static void fill(Desk desk, Supplier<List<CheckResult>> transport) {
    if (desk.register().count(Filter.ALL) == 0) {
      new DemoAssessment(desk).fill(transport.get());
    }
  }

  /** What the check of transport encryption says of the demo database now. */
  public static List<CheckResult> transport(DemoDatabase database, Clock clock) {
    return transport(() -> database.dataSource(DatabaseLogin.POSTGRES).getConnection(), clock);
  }

  /** The same of any PostgreSQL server. */
  public static List<CheckResult> transport(DatabaseSource source, Clock clock) {
    List<Check> checks = Checks.builtIn().find("postgresql.tls").stream().toList();
    CheckRun run = new CheckRun(checks, Waivers.none(), clock, LIMIT, 1);
    try {
      return run.over(List.of(new PostgresTarget("core-db", source)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private void fill(List<CheckResult> transport) {
    GradedSystem cloud = registered("云岚市政务云平台", false, null, Damage.SERIOUS);
    AssessmentId platform = begin(cloud, List.of(CLOUD));
    settle(platform, key -> true, Settlement.of(Result.CONFORM, "云平台自身测评"));
    desk.assessments().close(ASSESSOR, platform);
    GradedSystem core = registered("云岚市社会保险核心业务系统", true, cloud.id(), Damage.SERIOUS);
    registered("云岚市政务服务门户", true, cloud.id(), Damage.ORDINARY);
    assessCore(begin(core, List.of(GENERAL, CLOUD)), transport);
  }

  private void assessCore(AssessmentId round, List<CheckResult> transport) {
    desk.feed().feed(ASSESSOR, round, transport);
    settle(round, in(NOT_APPLICABLE), excepted("机房由云平台统一建设"));
    settle(round, in(NO_SUCH_CASE), excepted("本系统无此情形"));
    settle(round, in(NONCONFORM), Settlement.of(Result.NONCONFORM, "现场核查"));
    settle(round, in(PARTIAL), Settlement.of(Result.PARTIAL, "现场核查"));
    settle(round, key -> true, Settlement.of(Result.CONFORM, "现场核查"));
    ItemKey plain = desk.assessments().get(round).results(GENERAL, "L3-CES1-27").getFirst().key();
    desk.settling().addRisk(ASSESSOR, round, plain, RiskGrade.HIGH, true, "核心库连接未启用 TLS，公民数据明文传输");
    ItemKey factor = new ItemKey(GENERAL, "L3-CES1-04", ItemKey.WHOLE);
    desk.settling().addRisk(ASSESSOR, round, factor, RiskGrade.MEDIUM, false, "运维登录仅口令鉴别，经堡垒机集中管控");
    desk.rectification().openAll(ASSESSOR, round, "云岚市人力资源和社会保障局");
  }

  /** Settles the items that nobody settled yet and that this picks. */
  private void settle(AssessmentId round, Predicate<ItemKey> which, Settlement said) {
    List<ItemKey> keys = new ArrayList<>();
    for (ItemResult result : desk.assessments().get(round).results()) {
      if (result.origin() == ItemResult.Origin.NOBODY && which.test(result.key())) {
        keys.add(result.key());
      }
    }
    desk.settling().settleAll(ASSESSOR, round, keys, said);
  }

  private static Predicate<ItemKey> in(Set<String> items) {
    return key -> items.contains(key.item());
  }

  private Settlement excepted(String reason) {
    Applicability why = new Applicability(reason, APPROVER, today.plusYears(1));
    return new Settlement(Result.NOT_APPLICABLE, "", why, null, null, null);
  }

  private AssessmentId begin(GradedSystem system, List<String> frameworks) {
    return desk.assessments()
        .begin(
            ASSESSOR, new Assessments.Plan(system.id(), frameworks, today, Assessments.Plan.EVEN))
        .id();
  }

  private GradedSystem registered(
      String name, boolean core, @Nullable SystemId platform, Damage damage) {
    LocalDate graded = today.minusMonths(10);
    Harm information = new Harm(Harmed.PUBLIC, damage);
    GradedSystem system =
        desk.register()
            .register(
                ASSESSOR,
                new NewSystem(
                    name,
                    "云岚市数据资源管理局",
                    core,
                    platform,
                    new Grading(information, new Harm(Harmed.PUBLIC, Damage.ORDINARY), graded)));
    SystemId id = system.id();
    ExpertReview review = new ExpertReview("市网络安全专家组", graded.plusDays(12));
    system = desk.register().review(ASSESSOR, id, system.version(), review);
    return desk.register()
        .file(ASSESSOR, id, system.version(), "33010099-" + id, graded.plusDays(25));
  }
}
