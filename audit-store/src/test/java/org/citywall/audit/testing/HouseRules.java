// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.CommonDataSource;
import org.junit.jupiter.api.DynamicTest;

/**
 * The rules that the classes of every module obey, each with what to do instead of breaking it. A
 * module applies them in its {@code ArchitectureTest}; that each rule can fail is tested too.
 */
public final class HouseRules {

  /** Who may know whom, by package below {@code org.citywall}. */
  private static final Map<String, Set<String>> WALLS =
      Map.of(
          "audit", Set.of(),
          "collect", Set.of("audit"),
          "correlation", Set.of("audit"),
          "masking", Set.of("audit"),
          "compliance", Set.of("audit"),
          "verifier", Set.of("audit"),
          "console",
              Set.of("audit", "collect", "correlation", "masking", "compliance", "verifier"));

  /** The composition roots: the places that hold the machine's clock and terminal. */
  private static final DescribedPredicate<JavaClass> COMMAND_LINE =
      resideInAnyPackage("org.citywall.console.cli..", "org.citywall.verifier..");

  private static final Path MAIN_CLASSES = Path.of("target", "classes");

  /** What the rule engine makes of rule files is its code, not ours. */
  private static final String COMPILED_RULES = "/org/citywall/correlation/rules/";

  private HouseRules() {}

  /**
   * One test per rule over the main classes of the module under test, named by its package below
   * {@code org.citywall}. A module without classes fails; see {@link #assertStillEmpty}.
   */
  public static Stream<DynamicTest> ofModule(String module) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains(COMPILED_RULES))
            .importPath(MAIN_CLASSES);
    if (hasNoClass(classes)) {
      throw new AssertionError("no class to check in " + MAIN_CLASSES.toAbsolutePath());
    }
    Stream<DynamicTest> rules =
        rules(module).stream()
            .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
    return Stream.concat(
        rules,
        Stream.of(
            DynamicTest.dynamicTest(
                "error codes are well-formed and unique", () -> ErrorCodes.in(classes))));
  }

  /** For a module that has no class yet: fails as soon as the rules have something to check. */
  public static void assertStillEmpty() {
    if (!hasNoClass(new ClassFileImporter().importPath(MAIN_CLASSES))) {
      throw new AssertionError("the module has classes now: return HouseRules.ofModule instead");
    }
  }

  static List<ArchRule> rules(String module) {
    return Stream.concat(structure(module), Stream.concat(determinism(), taste()))
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }

  private static Stream<ArchRule> structure(String module) {
    return Stream.of(
        noClasses()
            .should()
            .dependOnClassesThat(walledOffFrom(module))
            .as("module walls stand")
            .because(
                "console knows all, the others know audit alone: publish a record in your own API"
                    + " and let the console wire it to the sibling"),
        noClasses()
            .should()
            .dependOnClassesThat(
                resideInAPackage("org.citywall..internal..")
                    .and(not(resideInAPackage("org.citywall." + module + ".."))))
            .as("internal packages of other modules stay closed")
            .because("internal is no API: ask that module for a type in its base package"),
        noClasses()
            .that(not(resideInAnyPackage("org.citywall.console..", "org.citywall..config..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .as("Spring is used in console and config only")
            .because("a test must be able to construct it: take arguments and wire in the console"),
        classes()
            .should(new InNullMarkedPackage())
            .as("every package is null-marked")
            .because("NullAway checks only what is marked: add a package-info with @NullMarked"));
  }

  private static Stream<ArchRule> determinism() {
    return Stream.of(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
            .orShould()
            .callMethod(Math.class, "random")
            .as("randomness is injected")
            .because("replay needs the seed: take a RandomGenerator, or SecureRandom for secrets"),
        noClasses()
            .that(not(COMMAND_LINE))
            .should()
            .callCodeUnitWhere(MachineCalls.READ_THE_TIME)
            .as("time is injected")
            .because("replay needs the clock: take a java.time.Clock from the command line"),
        noClasses()
            .should()
            .callCodeUnitWhere(MachineCalls.USE_DEFAULT_CHARSET_LOCALE_OR_ZONE)
            .as("charset, locale and zone are named")
            .because("evidence must not depend on a machine: name UTF_8, Locale.ROOT, the zone"));
  }

  private static Stream<ArchRule> taste() {
    return Stream.of(
        noClasses()
            .that(not(resideInAPackage("org.citywall.audit..")))
            .should()
            .callMethod(MessageDigest.class, "getInstance", String.class)
            .as("only audit chooses digests")
            .because("one place must be able to change them: use org.citywall.audit.log.Hash"),
        classes()
            .should(new NameNoWeakDigest())
            .as("no MD5 and no SHA-1")
            .because("both are broken: use SHA-256 or SM3"),
        noClasses()
            .that(not(COMMAND_LINE))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .as("the terminal belongs to the command line")
            .because("data on stdout is a contract: log by SLF4J or return it to the command"),
        noClasses()
            .that()
            // its interface has a method that names a logger of java.util.logging
            .areNotAssignableTo(CommonDataSource.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.util.logging..",
                "org.apache.commons.logging..",
                "org.apache.commons.lang3..",
                "org.apache.log4j..",
                "org.apache.logging..",
                "com.google.common..",
                "lombok..")
            .as("one way to log and no second JDK")
            .because("SLF4J is the log, the JDK has the collections, records need no Lombok"),
        noClasses()
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers)")
            .as("names say what a class does")
            .because("a drawer for leftovers only grows: name it after what it does"));
  }

  private static DescribedPredicate<JavaClass> walledOffFrom(String module) {
    Set<String> allowed = WALLS.get(module);
    if (allowed == null) {
      throw new IllegalArgumentException("no such module: " + module);
    }
    return resideInAnyPackage(
        WALLS.keySet().stream()
            .filter(other -> !other.equals(module) && !allowed.contains(other))
            .map(other -> "org.citywall." + other + "..")
            .toArray(String[]::new));
  }

  private static boolean hasNoClass(JavaClasses classes) {
    return classes.stream().allMatch(type -> type.getSimpleName().equals("package-info"));
  }
}
