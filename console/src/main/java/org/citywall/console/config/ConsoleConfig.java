// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.security.SecureRandom;
import java.util.Optional;
import org.citywall.audit.log.VerifierKey;
import org.citywall.collect.Collectors;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.feed.IndexFeeds;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LockOutPolicy;
import org.citywall.console.account.StoredAccounts;
import org.citywall.console.assessment.Acts;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.GrantedWaivers;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.checking.CheckPlan;
import org.citywall.console.checking.CheckRuns;
import org.citywall.console.checking.RoundFeed;
import org.citywall.console.checking.RunLeaves;
import org.citywall.console.checking.RunWork;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.exposure.SubjectCommands;
import org.citywall.console.exposure.SubjectInquiry;
import org.citywall.console.exposure.SubjectKeys;
import org.citywall.console.framework.FrameworkLeaves;
import org.citywall.console.framework.OwnFrameworks;
import org.citywall.console.incident.AlertErasure;
import org.citywall.console.incident.ChangePublisher;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.console.incident.IncidentIntake;
import org.citywall.console.incident.Incidents;
import org.citywall.console.incident.StoredIncidents;
import org.citywall.console.report.IndexReports;
import org.citywall.console.report.RegisterExport;
import org.citywall.console.report.ReportFont;
import org.citywall.console.report.Reports;
import org.citywall.console.retention.Retention;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.console.retention.RetentionWork;
import org.citywall.console.scorecard.IndexActs;
import org.citywall.console.scorecard.IndexBook;
import org.citywall.console.scorecard.PlatformCounts;
import org.citywall.console.security.SecurityConfig;
import org.citywall.console.state.AuditTrail;
import org.citywall.console.state.LoggedAuditTrail;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The console's objects. The state database has one owner, so Boot's own data source is off. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ComponentScan("org.citywall.console.web")
@Import(SecurityConfig.class)
class ConsoleConfig {

  @Bean(destroyMethod = "close")
  StateStore stateStore(ConsoleRuntime runtime) {
    return StateStore.open(runtime.database());
  }

  @Bean
  IncidentChanges incidentChanges() {
    return new IncidentChanges();
  }

  @Bean
  StateChanges stateChanges(StateStore store, ConsoleRuntime runtime, IncidentChanges subscribers) {
    StateChanges changes = StateChanges.open(store, runtime.log(), runtime.clock());
    changes.addListener(new ChangePublisher(subscribers, runtime.log().size()));
    changes.addListener(new Acts());
    changes.addListener(new RunLeaves());
    changes.addListener(new FrameworkLeaves());
    changes.addListener(new IndexActs());
    changes.start();
    return changes;
  }

  @Bean
  Incidents incidents(StateChanges changes) {
    return new StoredIncidents(changes);
  }

  @Bean
  IncidentIntake incidentIntake(
      StateChanges changes, IncidentChanges subscribers, ConsoleRuntime runtime) {
    return new IncidentIntake(changes, subscribers, runtime.zone());
  }

  @Bean
  Accounts accounts(StateChanges changes, ConsoleRuntime runtime) {
    return new StoredAccounts(changes, LockOutPolicy.STANDARD, runtime.clock(), new SecureRandom());
  }

  /** Absent (a null bean) in a process that does not correlate. */
  @Bean(destroyMethod = "close")
  @Nullable DetectionRunner detectionRunner(
      ConsoleRuntime runtime, StateChanges changes, IncidentIntake intake) {
    return runtime.detection() == null
        ? null
        : DetectionRunner.start(runtime.log(), changes, intake, runtime.detection());
  }

  /** Absent (a null bean) in a process that does not keep the log. */
  @Bean
  @Nullable Retention retention(ConsoleRuntime runtime, Accounts accounts, StateChanges changes) {
    RetentionWork work = (RetentionWork) runtime.services().get(RetentionWork.class);
    if (work == null) {
      return null;
    }
    work.erasing(new AlertErasure(changes, runtime.log())::erase);
    return new Retention(work, accounts, changes, runtime.clock());
  }

  @Bean
  RetentionCommands retentionCommands(ObjectProvider<Retention> retention, Accounts accounts) {
    return RetentionCommands.ofConsole(Optional.ofNullable(retention.getIfAvailable()), accounts);
  }

  /** Absent (a null bean) in a process that tells nobody apart. */
  @Bean
  @Nullable SubjectInquiry subjectInquiry(ConsoleRuntime runtime, StateChanges changes) {
    SubjectKeys keys = (SubjectKeys) runtime.services().get(SubjectKeys.class);
    return keys == null ? null : new SubjectInquiry(keys, changes, runtime.log());
  }

  @Bean
  SubjectCommands subjectCommands(ObjectProvider<SubjectInquiry> inquiry, Accounts accounts) {
    return new SubjectCommands(Optional.ofNullable(inquiry.getIfAvailable()), accounts);
  }

  @Bean
  LegalCalendar legalCalendar() {
    return LegalCalendar.builtIn();
  }

  @Bean
  SystemRegister systemRegister(StateChanges changes, LegalCalendar calendar) {
    return new SystemRegister(changes, calendar);
  }

  /** With the frameworks of the site, where the process has any; else those that ship. */
  @Bean
  OwnFrameworks ownFrameworks(StateChanges changes, ConsoleRuntime runtime) {
    Catalogues known = (Catalogues) runtime.services().get(Catalogues.class);
    return new OwnFrameworks(changes, known == null ? Catalogues.builtIn() : known);
  }

  @Bean
  Assessments assessments(StateChanges changes, OwnFrameworks own, ConsoleRuntime runtime) {
    return new Assessments(changes, own::catalogues, runtime.clock(), runtime.zone());
  }

  @Bean
  Settling settling(StateChanges changes, ConsoleRuntime runtime) {
    return new Settling(changes, runtime.log()::size);
  }

  @Bean
  CheckFeed checkFeed(StateChanges changes, Assessments assessments, ConsoleRuntime runtime) {
    return new CheckFeed(
        changes, Checks.builtIn(), assessments::catalogues, waivers(runtime), runtime.zone());
  }

  /** Absent (a null bean) in a process that makes no runs. */
  @Bean(destroyMethod = "close")
  @Nullable CheckRuns checkRuns(
      StateChanges changes, Assessments assessments, CheckFeed feed, ConsoleRuntime runtime) {
    CheckPlan plan = (CheckPlan) runtime.services().get(CheckPlan.class);
    if (plan == null) {
      return null;
    }
    RunWork work =
        new RunWork(
            changes,
            plan,
            Checks.builtIn(),
            waivers(runtime),
            new RoundFeed(assessments, feed),
            runtime.clock());
    return CheckRuns.start(changes, plan, work, runtime.clock());
  }

  private static GrantedWaivers waivers(ConsoleRuntime runtime) {
    GrantedWaivers waivers = (GrantedWaivers) runtime.services().get(GrantedWaivers.class);
    return waivers == null ? Waivers::none : waivers;
  }

  @Bean
  Rectification rectification(
      StateChanges changes,
      Assessments assessments,
      LegalCalendar calendar,
      ConsoleRuntime runtime) {
    return new Rectification(changes, assessments, calendar, runtime.clock(), runtime.zone());
  }

  @Bean
  IndexBook indexBook(
      StateChanges changes,
      Assessments assessments,
      SystemRegister register,
      Rectification rectification,
      ObjectProvider<CheckRuns> runs,
      ConsoleRuntime runtime) {
    Catalogue index = assessments.catalogues().get("data-security-index");
    Collectors collectors = (Collectors) runtime.services().get(Collectors.class);
    PlatformCounts counts =
        new PlatformCounts(
            () -> Optional.ofNullable(collectors).map(Collectors::sources),
            register,
            rectification,
            runs.getIfAvailable(),
            runtime.clock(),
            runtime.zone());
    return new IndexBook(
        changes,
        index,
        IndexFeeds.builtIn(index),
        counts,
        runtime.log()::size,
        runtime.clock(),
        runtime.zone());
  }

  @Bean
  IndexReports indexReports(IndexBook book, AuditTrail trail, ConsoleRuntime runtime) {
    ReportFont font = (ReportFont) runtime.services().get(ReportFont.class);
    return new IndexReports(book, trail, font == null ? ReportFont.of(null) : font);
  }

  @Bean
  Reports reports(
      Assessments assessments,
      Rectification rectification,
      ConsoleRuntime runtime,
      AuditTrail trail) {
    Object key = runtime.services().get(VerifierKey.class);
    ReportFont font = (ReportFont) runtime.services().get(ReportFont.class);
    return new Reports(
        assessments,
        rectification,
        runtime.log(),
        trail,
        runtime.clock(),
        key == null ? null : key.toString(),
        font == null ? ReportFont.of(null) : font);
  }

  @Bean
  RegisterExport registerExport(
      SystemRegister register, Assessments assessments, AuditTrail trail) {
    return new RegisterExport(register, assessments, trail);
  }

  @Bean
  AuditTrail auditTrail(StateChanges changes) {
    return new LoggedAuditTrail(changes);
  }
}
