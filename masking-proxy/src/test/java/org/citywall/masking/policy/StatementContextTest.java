// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.PersonType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementContextTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final TableName PERSON = new TableName("public", "person");
  private static final TableName CASE = new TableName("public", "case_file");

  private final Policy policy =
      new Policy(
          Catalogue.parse(
              "city.yaml",
              """
              scheme: zhejiang-4
              defaults:
                income: {needs: {purposes: [statistics, audit], person-types: [staff]}}
              tables:
                - name: public.person
                  columns:
                    id: {level: 1}
                    name: {level: 3}
                    income: {level: 2, category: income}
                - name: public.case_file
                  needs: {purpose: required, departments: [FY]}
                  columns:
                    number: {level: 1}
                    verdict: {level: 2}
              """,
              new SecretReferences(Path.of("city.yaml"), Map.of(), Optional.empty())),
          UnknownTable.DENY);

  @Test
  void countsTheDeclaredPurposeAlone() {
    Person ana = person("ana", 4, Set.of("statistics", "service"));

    assertThat(reason(ana, null, PERSON, "income")).isEqualTo(Reason.WITHIN_CLEARANCE);
    assertThat(reason(ana, "statistics", PERSON, "income")).isEqualTo(Reason.WITHIN_CLEARANCE);
    assertThat(reason(ana, "service", PERSON, "income")).isEqualTo(Reason.PURPOSE);
    assertThat(reason(ana, "audit", PERSON, "income")).isEqualTo(Reason.PURPOSE);
  }

  @Test
  void asksForADeclaredPurposeWhereOneIsRequired() {
    Person ana = person("ana", 4, Set.of("statistics"));

    assertThat(reason(ana, null, CASE, "verdict")).isEqualTo(Reason.PURPOSE_UNDECLARED);
    assertThat(reason(ana, "statistics", CASE, "verdict")).isEqualTo(Reason.WITHIN_CLEARANCE);
    assertThat(reason(ana, "audit", CASE, "verdict")).isEqualTo(Reason.PURPOSE);
    assertThat(reason(ana, null, CASE, "number")).isEqualTo(Reason.WITHIN_CLEARANCE);
  }

  @Test
  void bindsAnApplicationToTheUnitAndTypeThatItNamesAndToNoneOtherwise() {
    Person ana = person("ana", 4, Set.of("statistics"));
    Person anyUnit = new Person("portal", 4, null, null, Set.of("statistics"), null);
    Person otherUnit = new Person("portal", 4, "MZJ", null, Set.of("statistics"), null);

    assertThat(reason(ana, anyUnit)).isEqualTo(Reason.WITHIN_CLEARANCE);
    assertThat(reason(ana, otherUnit)).isEqualTo(Reason.DEPARTMENT);
    assertThat(reason(anyUnit, otherUnit)).isEqualTo(Reason.DEPARTMENT);
  }

  @RandomizedTest(iterations = 200)
  void showsThroughAnApplicationNothingThatEitherCouldNotSeeAlone(RandomGenerator random) {
    Person clerk = randomPerson("clerk", random);
    Person portal = randomPerson("portal", random);
    String purpose = random.nextBoolean() ? "statistics" : null;
    PersonRights through = policy.rights(new StatementContext(clerk, purpose, null, portal), NOW);
    PersonRights alone = policy.rights(new StatementContext(clerk, purpose, null, null), NOW);
    int least = Math.min(clerk.clearance(), portal.clearance());

    for (String column : List.of("id", "name", "income", "unknown")) {
      ColumnDecision seen = through.decide(PERSON, column);
      if (seen.treatment() instanceof Treatment.Plain) {
        assertThat(alone.of(PERSON, column)).isEqualTo(seen.treatment());
        assertThat(seen.level()).isLessThanOrEqualTo(least);
        assertThat(portal.validAt(NOW)).isTrue();
      }
    }
    assertThat(through.version()).isNotEqualTo(alone.version());
  }

  private static Person randomPerson(String name, RandomGenerator random) {
    return new Person(
        name,
        random.nextInt(5),
        random.nextBoolean() ? "FY" : null,
        random.nextBoolean() ? PersonType.STAFF : null,
        random.nextBoolean() ? Set.of("statistics") : Set.of("service"),
        random.nextInt(4) == 0 ? NOW : null);
  }

  private static Person person(String name, int clearance, Set<String> purposes) {
    return new Person(name, clearance, "FY", PersonType.STAFF, purposes, null);
  }

  private Reason reason(Person person, Person application) {
    StatementContext context = new StatementContext(person, "statistics", "T-1", application);
    return policy.rights(context, NOW).decide(CASE, "verdict").reason();
  }

  private Reason reason(Person person, @Nullable String purpose, TableName table, String column) {
    StatementContext context = new StatementContext(person, purpose, null, null);
    return policy.rights(context, NOW).decide(table, column).reason();
  }
}
