// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles, once, a class for each rule that breaks it, and sees that rule and no other fail. */
class HouseRulesTest {

  private static final String OFFENDERS = "org.citywall.masking";
  private static final String UNMARKED = "org.citywall.masking.unmarked";
  private static final String CLEAN = "clean";

  /** For each rule, a member of a class of the masking module that breaks it and no other. */
  private static final Map<String, String> OFFENCES =
      Map.ofEntries(
          Map.entry("module walls stand", "org.citywall.collect.Sibling f() { return null; }"),
          Map.entry(
              "internal packages of other modules stay closed",
              "org.citywall.audit.internal.Hidden f() { return null; }"),
          Map.entry(
              "Spring is used in console and config only",
              "org.springframework.Bean f() { return null; }"),
          Map.entry("every package is null-marked", ""),
          Map.entry("randomness is injected", "Object f() { return new java.util.Random(); }"),
          Map.entry("time is injected", "Object f() { return java.time.Instant.now(); }"),
          Map.entry("charset, locale and zone are named", "byte[] f() { return \"\".getBytes(); }"),
          Map.entry(
              "only audit chooses digests",
              "Object f() throws Exception {"
                  + " return java.security.MessageDigest.getInstance(\"SHA-256\"); }"),
          Map.entry("no MD5 and no SHA-1", "String f() { return \"HmacSHA1\"; }"),
          Map.entry(
              "the terminal belongs to the command line", "void f() { System.out.println(); }"),
          Map.entry(
              "one way to log and no second JDK",
              "Object f() { return java.util.logging.Level.INFO; }"),
          Map.entry("names say what a class does", ""),
          Map.entry(
              CLEAN,
              "java.time.Instant f(java.time.Clock c) { return java.time.Instant.now(c); }"
                  + " byte[] g() { return \"\".getBytes(java.nio.charset.StandardCharsets.UTF_8); }"
                  + " int h(java.util.random.RandomGenerator r) { return r.nextInt(); }"
                  + " int i(java.security.SecureRandom r) { return r.nextInt(); }"));

  @TempDir static Path root;

  private static JavaClasses compiled;

  @BeforeAll
  static void compileOffenders() throws IOException {
    var arguments = new ArrayList<>(List.of("-proc:none", "-d", root.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (var offence : OFFENCES.entrySet()) {
      String type = typeOf(offence.getKey());
      arguments.add(source(packageOf(offence.getKey()), type, offence.getValue()));
    }
    arguments.add(source("org.citywall.collect", "Sibling", ""));
    arguments.add(source("org.citywall.audit.internal", "Hidden", ""));
    arguments.add(source("org.springframework", "Bean", ""));
    Path info = root.resolve("org/citywall/masking/package-info.java");
    Files.writeString(info, "@org.jspecify.annotations.NullMarked package " + OFFENDERS + ";");
    arguments.add(info.toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    compiled = new ClassFileImporter().importPath(root);
  }

  @Test
  void everyRuleHasAnOffenceThatShowsItCanFail() {
    assertThat(HouseRules.rules("masking"))
        .extracting(HouseRulesTest::nameOf)
        .containsExactlyInAnyOrderElementsOf(
            OFFENCES.keySet().stream().filter(name -> !name.equals(CLEAN)).toList());
  }

  @TestFactory
  Stream<DynamicTest> catchesTheOffenceAndNothingElse() {
    return HouseRules.rules("masking").stream()
        .map(HouseRulesTest::nameOf)
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule, () -> assertThat(brokenBy(rule)).containsExactly(rule)));
  }

  @Test
  void leavesCleanCodeAlone() {
    assertThat(brokenBy(CLEAN)).isEmpty();
  }

  @Test
  void refusesAModuleItDoesNotKnow() {
    assertThatThrownBy(() -> HouseRules.rules("common"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToCallAModuleWithClassesEmpty() {
    assertThatThrownBy(HouseRules::assertStillEmpty).isInstanceOf(AssertionError.class);
  }

  private static List<String> brokenBy(String offence) {
    JavaClasses offender = compiled.that(describe(offence, type -> isOf(offence, type)));
    return HouseRules.rules("masking").stream()
        .filter(rule -> rule.evaluate(offender).hasViolation())
        .map(HouseRulesTest::nameOf)
        .toList();
  }

  private static boolean isOf(String offence, JavaClass type) {
    return type.getName().equals(packageOf(offence) + '.' + typeOf(offence));
  }

  private static String nameOf(ArchRule rule) {
    return rule.getDescription().replaceFirst(", because .*", "");
  }

  private static String packageOf(String offence) {
    return offence.equals("every package is null-marked") ? UNMARKED : OFFENDERS;
  }

  private static String typeOf(String offence) {
    return offence.equals("names say what a class does")
        ? "StringUtils"
        : "Offender" + Integer.toHexString(offence.hashCode());
  }

  private static String source(String packageName, String type, String member) throws IOException {
    Path file = root.resolve(packageName.replace('.', '/')).resolve(type + ".java");
    Files.createDirectories(file.getParent());
    String text = "package " + packageName + "; public class " + type + " { " + member + " }";
    return Files.writeString(file, text).toString();
  }
}
