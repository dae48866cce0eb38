// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The walls inside the console. */
class ConsolePackagesTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(Path.of("target", "classes"));

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices()
        .matching("org.citywall.console.(*)..")
        .should()
        .beFreeOfCycles()
        .because("a package that needs its user belongs to it: move the type or pass a listener")
        .check(CLASSES);
  }

  @Test
  void stateKnowsNobodyAboveIt() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.citywall.console.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.citywall.console.incident..",
                "org.citywall.console.assessment..",
                "org.citywall.console.account..",
                "org.citywall.console.detection..",
                "org.citywall.console.security..",
                "org.citywall.console.web..",
                "org.citywall.console.config..")
            .because("the outbox serves them all: let them listen to it"));
  }

  @Test
  void incidentsAndAccountsKnowNothingOfTheWeb() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.citywall.console.incident..",
                "org.citywall.console.assessment..",
                "org.citywall.console.account..",
                "org.citywall.console.detection..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "jakarta.servlet..",
                "org.springframework.web..",
                "org.springframework.security.web..",
                "org.citywall.console.web..",
                "org.citywall.console.security..",
                "org.citywall.console.config..")
            .because("commands use them without a browser: take values, not requests"));
  }

  @Test
  void onlyTheStateStoreOpensDatabases() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.citywall.console.incident..",
                "org.citywall.console.assessment..",
                "org.citywall.console.account..",
                "org.citywall.console.detection..",
                "org.citywall.console.security..",
                "org.citywall.console.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.zaxxer.hikari..", "javax.sql..", "org.flywaydb..")
            .because("changes must go through StateChanges, or the log will not know of them"));
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
