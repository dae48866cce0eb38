// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class HouseRulesTest {

  private static final String MARKED = "@org.jspecify.annotations.NullMarked package %s;";

  /** For each rule, code in the masking module that breaks it and no other. */
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
          Map.entry("names say what a class does", "class StringUtils {}"));

  @TempDir Path folder;

  @Test
  void everyRuleHasAnOffenceThatShowsItCanFail() {
    assertThat(HouseRules.rules("masking"))
        .extracting(ArchRule::getDescription)
        .map(description -> description.replaceFirst(", because .*", ""))
        .containsExactlyInAnyOrderElementsOf(OFFENCES.keySet());
  }

  @TestFactory
  Stream<DynamicTest> catchesTheOffenceAndNothingElse() {
    return HouseRules.rules("masking").stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getDescription(),
                    () -> {
                      String name = rule.getDescription().replaceFirst(", because .*", "");
                      boolean marked = !name.equals("every package is null-marked");
                      JavaClasses offenders = compile(OFFENCES.get(name), marked);

                      List<String> broken = brokenBy(offenders);

                      assertThat(broken).containsExactly(rule.getDescription());
                    }));
  }

  @Test
  void leavesCleanCodeAlone() throws IOException {
    JavaClasses clean =
        compile(
            "java.time.Instant f(java.time.Clock c) { return java.time.Instant.now(c); }"
                + " byte[] g() { return \"a\".getBytes(java.nio.charset.StandardCharsets.UTF_8); }"
                + " int h(java.util.random.RandomGenerator r) { return r.nextInt(); }"
                + " int i(java.security.SecureRandom r) { return r.nextInt(); }",
            true);

    assertThat(brokenBy(clean)).isEmpty();
  }

  @Test
  void refusesAModuleItDoesNotKnow() {
    assertThatThrownBy(() -> HouseRules.rules("common"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToCallAModuleWithClassesEmpty() {
    assertThatThrownBy(HouseRules::assertStillEmpty).isInstanceOf(AssertionError.class);
    assertThatCode(() -> HouseRules.ofModule("audit").count()).doesNotThrowAnyException();
  }

  private static List<String> brokenBy(JavaClasses classes) {
    return HouseRules.rules("masking").stream()
        .filter(rule -> rule.evaluate(classes).hasViolation())
        .map(ArchRule::getDescription)
        .toList();
  }

  /** The classes of a masking module with one class of this body, and of its neighbours' stubs. */
  private JavaClasses compile(String body, boolean marked) throws IOException {
    Path root = Files.createTempDirectory(folder, "module");
    var sources = new ArrayList<Path>();
    sources.add(source(root, "org.citywall.masking", "Offender", body));
    sources.add(source(root, "org.citywall.collect", "Sibling", ""));
    sources.add(source(root, "org.citywall.audit.internal", "Hidden", ""));
    sources.add(source(root, "org.springframework", "Bean", ""));
    if (marked) {
      Path info = root.resolve("org/citywall/masking/package-info.java");
      Files.writeString(info, MARKED.replace("%s", "org.citywall.masking"));
      sources.add(info);
    }
    var arguments =
        new ArrayList<>(
            List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", "" + root));
    sources.forEach(source -> arguments.add(source.toString()));
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exit).isZero();
    return new ClassFileImporter().importPath(root.resolve("org/citywall/masking"));
  }

  private static Path source(Path root, String packageName, String type, String body)
      throws IOException {
    Path file = root.resolve(packageName.replace('.', '/')).resolve(type + ".java");
    Files.createDirectories(file.getParent());
    return Files.writeString(
        file, "package " + packageName + "; public class " + type + " { " + body + " }");
  }
}
