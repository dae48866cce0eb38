// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.citywall.audit.testing.HouseRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

  @Test
  void onePackageKnowsShardingSphere() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.citywall.masking.sql.shardingsphere")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.shardingsphere..", "org.antlr..")
        .because("its versions are its own: take facts from a StatementAnalyser")
        .check(new ClassFileImporter().importPath(Path.of("target", "classes")));
  }

  @TestFactory
  Stream<DynamicTest> obeysTheHouseRules() {
    return HouseRules.ofModule("masking");
  }
}
