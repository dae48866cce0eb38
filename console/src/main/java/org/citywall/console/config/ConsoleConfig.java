// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.security.SecureRandom;
import java.util.Optional;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LockOutPolicy;
import org.citywall.console.account.StoredAccounts;
import org.citywall.console.detection.DetectionRunner;
import org.citywall.console.incident.AlertErasure;
import org.citywall.console.incident.ChangePublisher;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.console.incident.IncidentIntake;
import org.citywall.console.incident.Incidents;
import org.citywall.console.incident.StoredIncidents;
import org.citywall.console.retention.Retention;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.console.retention.RetentionWork;
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

  @Bean
  AuditTrail auditTrail(StateChanges changes) {
    return new LoggedAuditTrail(changes);
  }
}
