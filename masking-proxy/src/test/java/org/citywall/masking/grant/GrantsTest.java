// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.Meter;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.sql.facts.StatementText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {

  private static final TableName PERSON = new TableName("public", "person");

  /** A Tuesday, 10:00 in Shanghai. */
  private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

  private static final String LEVELS =
      """
          scheme:
            id: own
            highest-clearance: 3
            levels:
              - {number: 1, name: one, opening: unconditional}
              - {number: 2, name: two, opening: restricted}
              - {number: 3, name: three, opening: restricted}
              - {number: 4, name: four, opening: prohibited}
          defaults:
            personal.phone: {identifier: mobile-number, mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
            personal.income: {needs: {departments: [TAX]}}
          tables:
            - name: public.person
              columns:
                id: {level: 1}
                phone: {level: 3, category: personal.phone}
                mobile: {level: 3, category: personal.phone}
                income: {level: 3, category: personal.income}
                secret: {level: 4}
          """;

  private static final Catalogue CATALOGUE = catalogue(LEVELS);

  private static final String GRANT =
      """
      grants:
        - id: G-1
          person: ana
          columns: [public.person.phone]
          valid-from: 2026-11-24T00:00:00+08:00
          valid-until: 2026-11-25T00:00:00+08:00
          approver: lin
          reason: a complaint
      """;

  private static final Policy POLICY = new Policy(CATALOGUE, UnknownTable.DENY);

  private static Catalogue catalogue(String yaml) {
    return Catalogue.parse(
        "catalogue.yaml",
        yaml,
        new SecretReferences(Path.of("catalogue.yaml"), Map.of(), Optional.empty()));
  }

  private static Grants grants(String yaml) {
    return Grants.parse("grants.yaml", yaml, CATALOGUE);
  }

  private static Person person(String name, Instant validUntil) {
    return new Person(name, 1, "DSJ", null, Set.of("appeal", "audit"), validUntil);
  }

  private static PersonRights rights(String yaml, StatementContext context, Instant now) {
    Grants grants = grants(yaml);
    return rights(POLICY, grants, context, now);
  }

  private static PersonRights rights(
      Policy policy, Grants grants, StatementContext context, Instant now) {
    return policy.rights(
        context,
        now,
        new Granting(grants.holding(context, now), grants.version(), GrantsTest::noMeter));
  }

  private static Meter noMeter(List<Grant> grants) {
    throw new IllegalStateException("nothing runs");
  }

  private static PersonRights ana(String yaml) {
    return rights(yaml, StatementContext.of(person("ana", Instant.MAX)), NOW);
  }

  private static final String LOOK_UP =
      GRANT.replace(
          "    approver:",
          "    kind: look-up\n    look-ups: {values: 50, period: PT24H}\n    approver:");

  @Test
  void letsAPersonLookUpWhatStaysMasked() {
    PersonRights rights = ana(LOOK_UP);

    assertThat(rights.lookUp(PERSON, "phone"))
        .contains(
            new LookUpRight(
                PERSON, "phone", IdentifierKind.MOBILE_NUMBER, 50, Duration.ofHours(24), "G-1"));
    assertThat(shown(rights, "phone")).isFalse();
    assertThat(rights.lookUp(PERSON, "mobile")).isEmpty();
    assertThat(rights.version()).isNotEqualTo(ana(GRANT).version());
  }

  @Test
  void letsNobodyLookUpTheHighestLevelOrWhatTheyLackMoreForThanTheClearance() {
    for (String column : List.of("secret", "income", "nothing")) {
      String yaml = LOOK_UP.replace("[public.person.phone]", "[public.person.*]");
      assertThat(ana(yaml).lookUp(PERSON, column)).as(column).isEmpty();
    }
    assertThat(ana(GRANT).lookUp(PERSON, "phone")).isEmpty();
    assertThat(
            rights(LOOK_UP, StatementContext.of(person("bob", Instant.MAX)), NOW)
                .lookUp(PERSON, "phone"))
        .isEmpty();
    assertThat(
            rights(LOOK_UP, StatementContext.of(person("ana", NOW)), NOW).lookUp(PERSON, "phone"))
        .isEmpty();
    assertThat(
            rights(
                    LOOK_UP,
                    StatementContext.of(person("ana", Instant.MAX)),
                    NOW.plus(Duration.ofDays(1)))
                .lookUp(PERSON, "phone"))
        .isEmpty();
  }

  private static boolean shown(PersonRights rights, String column) {
    return rights.of(PERSON, column).showsValues();
  }

  @Test
  void showsItsPersonItsColumnsWhileItHolds() {
    assertThat(ana(GRANT).of(PERSON, "phone"))
        .isInstanceOfSatisfying(
            Treatment.Granted.class,
            granted -> assertThat(granted.grants()).extracting(Grant::id).containsExactly("G-1"));
    assertThat(shown(ana(GRANT), "mobile")).isFalse();
    assertThat(ana(GRANT).of(PERSON, "id")).isEqualTo(new Treatment.Plain());
    StatementContext bo = StatementContext.of(person("bo", Instant.MAX));
    assertThat(shown(rights(GRANT, bo, NOW), "phone")).isFalse();
    StatementContext ana = StatementContext.of(person("ana", Instant.MAX));
    for (String end : List.of("2026-11-23T15:59:59.999Z", "2026-11-24T16:00:00Z")) {
      assertThat(shown(rights(GRANT, ana, Instant.parse(end)), "phone")).as(end).isFalse();
    }
  }

  @Test
  void showsWholeTablesAndCategoriesButNothingTheCatalogueLacks() {
    String table = GRANT.replace("person.phone]", "person.*]");
    String category =
        GRANT.replace("columns: [public.person.phone]", "categories: [personal.phone]");

    assertThat(shown(ana(table), "phone")).isTrue();
    assertThat(shown(ana(table), "not_there")).isFalse();
    assertThat(shown(ana(category), "mobile")).isTrue();
    assertThat(shown(ana(category), "income")).isFalse();
  }

  @Test
  void liftsNothingButTheBoundOfTheClearance() {
    String all = GRANT.replace("person.phone]", "person.*]");

    assertThat(shown(ana(all), "income")).as("not for this department").isFalse();
    assertThat(shown(ana(all), "secret")).as("above the highest clearance").isFalse();
    StatementContext ended = StatementContext.of(person("ana", NOW));
    assertThat(shown(rights(all, ended, NOW), "phone")).as("after the term").isFalse();
    Person portal = new Person("portal", 2, null, null, Set.of("appeal"), null);
    StatementContext through = new StatementContext(person("ana", Instant.MAX), null, null, portal);
    assertThat(shown(rights(all, through, NOW), "phone")).as("application of level 2").isFalse();
  }

  @Test
  void showsALevelAboveEveryClearanceWhereTheSchemeSaysSo() {
    Catalogue catalogue =
        catalogue(
            LEVELS.replace("highest-clearance: 3", "highest-clearance: 3\n  highest-grant: 4"));
    Grants grants =
        Grants.parse("grants.yaml", GRANT.replace("person.phone]", "person.secret]"), catalogue);
    StatementContext ana = StatementContext.of(person("ana", Instant.MAX));
    Policy policy = new Policy(catalogue, UnknownTable.DENY);

    assertThat(shown(rights(policy, grants, ana, NOW), "secret")).isTrue();
    assertThat(shown(rights(policy, Grants.NONE, ana, NOW), "secret")).isFalse();
  }

  @Test
  void holdsForThePurposeThatIsDeclaredOrElseForOneOfThePersons() {
    String yaml = GRANT + "    purposes: [appeal]\n";
    Person ana = person("ana", Instant.MAX);

    assertThat(shown(rights(yaml, StatementContext.of(ana), NOW), "phone")).isTrue();
    assertThat(shown(rights(yaml, new StatementContext(ana, "appeal", null, null), NOW), "phone"))
        .isTrue();
    assertThat(shown(rights(yaml, new StatementContext(ana, "audit", null, null), NOW), "phone"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'days: [tuesday], from: \"10:00\", to: \"10:01\"', true",
    "'days: [tuesday], from: \"09:00\", to: \"10:00\"', false",
    "'days: [monday], from: \"10:00\", to: \"10:01\"', false",
    "'from: \"08:00\", to: \"18:00\"', true",
    "'days: [monday], from: \"22:00\", to: \"10:30\"', true",
    "'days: [tuesday], from: \"22:00\", to: \"10:30\"', false",
    "'days: [tuesday], from: \"00:00\", to: \"00:00\"', true",
  })
  void holdsAtItsHours(String hours, boolean holds) {
    String yaml = GRANT + "    hours: {" + hours + ", zone: Asia/Shanghai}\n";

    assertThat(shown(ana(yaml), "phone")).isEqualTo(holds);
  }

  @Test
  void holdsForItsStatementAloneWhateverTheValues() {
    String digest = StatementText.digest("SELECT phone FROM person WHERE id = 5");
    PersonRights rights = ana(GRANT + "    statement: " + digest + "\n");

    assertThat(shown(rights, "phone")).isFalse();
    PersonRights bound = rights.forStatement("select Phone from person /* x */ where id = 77");
    assertThat(shown(bound, "phone")).isTrue();
    assertThat(bound.version()).isNotEqualTo(rights.version());
    assertThat(rights.forStatement("SELECT phone FROM person")).isSameAs(rights);
  }

  @Test
  void namesTheGrantsInForceInTheVersion() {
    StatementContext ana = StatementContext.of(person("ana", Instant.MAX));
    PersonRights before = rights(GRANT, ana, Instant.parse("2026-11-01T00:00:00Z"));
    PersonRights during = ana(GRANT);

    assertThat(during.version()).contains("G-1").isEqualTo(ana(GRANT).version());
    assertThat(before.version()).doesNotContain("G-1");
    assertThat(during).isEqualTo(ana(GRANT)).isNotEqualTo(before);
  }

  @Test
  void prefersAGrantWithoutLimits() {
    String limited = GRANT + "    rows: 5\n";
    String two = limited + GRANT.replace("grants:\n", "").replace("G-1", "G-2");

    assertThat(ana(two).of(PERSON, "phone"))
        .isInstanceOfSatisfying(
            Treatment.Granted.class,
            granted -> assertThat(granted.grants()).extracting(Grant::id).containsExactly("G-2"));
  }

  @Test
  void leavesALookUpMasked() {
    String yaml = GRANT + "    kind: look-up\n    look-ups: {values: 50, period: PT24H}\n";

    assertThat(shown(ana(yaml), "phone")).isFalse();
    assertThat(grants(yaml).byPerson().get("ana").getFirst().lookUps().values()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "approver: lin | approver: ana | MSK-0036 grants.yaml:7: grants[0].approver",
        "valid-until: 2026-11-25T00 | valid-until: 2026-11-23T00 | MSK-0036 grants.yaml:6",
        "valid-until: 2026-11-25T00:00:00+08:00 | valid-until: tomorrow | MSK-0084 grants.yaml:6",
        "public.person.phone | public.person.nothing | MSK-0036 grants.yaml:4",
        "public.person.phone | public.nothing.* | MSK-0036 grants.yaml:4",
        "public.person.phone | person.phone | MSK-0084 grants.yaml:4",
        "columns: [public.person.phone] | columns: [] | MSK-0036 grants.yaml:2",
        "columns: [public.person.phone] | categories: [none] | MSK-0036 grants.yaml:4",
        "reason: a complaint | reasons: x | MSK-0082 grants.yaml:8",
        "reason: a complaint | ticket: T-1 | MSK-0084 grants.yaml:2",
        "reason: a complaint | {reason: x, rows: 0} | grants.yaml",
        "id: G-1 | id: a/b | MSK-0084 grants.yaml:2",
        "person: ana | {person: ana, kind: look-up} | grants.yaml",
        "reason: a complaint | {reason: x, statement: ABC} | grants.yaml",
      })
  void refusesWhatMayNotBeGrantedWithItsLine(String right, String wrong, String message) {
    String changed =
        wrong.startsWith("{")
            ? wrong.substring(1, wrong.length() - 1).replace(", ", "\n    ")
            : wrong;

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> grants(GRANT.replace(right, changed)))
        .withMessageContaining(message);
  }

  @Test
  void refusesAnIdThatIsThereTwice() {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> grants(GRANT + GRANT.replace("grants:\n", "")))
        .withMessageContaining("MSK-0088 grants.yaml:9")
        .withMessageContaining("line 2");
  }
}
