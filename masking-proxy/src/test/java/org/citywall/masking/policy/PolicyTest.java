// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.CataloguedColumn;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.catalogue.PersonType;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.Mask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final TableName PERSON = new TableName("public", "person");
  private static final TableName UNKNOWN = new TableName("public", "unknown");

  private static final Catalogue CATALOGUE =
      parse(
          """
          scheme: zhejiang-4
          defaults:
            personal.name: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 0}}
            personal.income:
              mask: {type: NULL}
              needs: {purposes: [statistics, audit], person-types: [staff], departments: [330100-SWJ]}
          tables:
            - name: public.person
              columns:
                id: {level: 1}
                name: {level: 3, category: personal.name}
                income: {level: 2, category: personal.income}
                phone: {level: 3}
                id_card: {level: 4, category: personal.name, mask: {type: MASK_FROM_X_TO_Y, from-x: 6, to-y: 16}}
            - name: public.case_file
              needs: {departments: [330100-FY]}
              columns:
                number: {level: 1, category: personal.income}
                verdict: {level: 2}
          """);

  private final Policy policy = new Policy(CATALOGUE, UnknownTable.DENY);

  @ParameterizedTest
  @CsvSource({
    "0, Hidden, Masked, Hidden, Masked, Hidden",
    "1, Plain,  Masked, Hidden, Masked, Hidden",
    "2, Plain,  Masked, Hidden, Masked, Hidden",
    "3, Plain,  Plain,  Plain,  Masked, Hidden",
    "4, Plain,  Plain,  Plain,  Plain,  Plain",
  })
  void showsWhatThePersonIsClearedForAndMasksOrHidesTheRest(
      int clearance, String id, String name, String phone, String idCard, String unknown) {
    PersonRights rights = policy.rights(cleared(clearance), NOW);

    assertThat(kind(rights.of(PERSON, "id"))).isEqualTo(id);
    assertThat(kind(rights.of(PERSON, "name"))).isEqualTo(name);
    assertThat(kind(rights.of(PERSON, "phone"))).isEqualTo(phone);
    assertThat(kind(rights.of(PERSON, "id_card"))).isEqualTo(idCard);
    assertThat(kind(rights.of(PERSON, "added_later"))).isEqualTo(unknown);
  }

  @Test
  void masksByTheColumnsOwnMaskBeforeThatOfItsCategory() {
    PersonRights rights = policy.rights(cleared(1), NOW);

    assertThat(rights.of(PERSON, "name"))
        .isEqualTo(new Treatment.Masked(new CharacterMask.KeepFirstLast(1, 0, '*')));
    assertThat(rights.of(PERSON, "id_card"))
        .isEqualTo(new Treatment.Masked(new CharacterMask.MaskFromTo(6, 16, '*')));
  }

  @Test
  void showsTheHighestLevelToNobodyWhereTheSchemeClearsNobodyForIt() {
    Catalogue catalogue =
        parse(
            """
            scheme:
              id: strict
              highest-clearance: 1
              levels:
                - {number: 1, name: low, opening: unconditional}
                - {number: 2, name: high, opening: prohibited}
            tables: [{name: public.person, columns: {phone: {level: 2}}}]
            """);

    PersonRights rights =
        new Policy(catalogue, UnknownTable.DENY).rights(cleared(Integer.MAX_VALUE), NOW);

    assertThat(kind(rights.of(PERSON, "phone"))).isEqualTo("Hidden");
    assertThat(kind(rights.of(PERSON, "added_later"))).isEqualTo("Hidden");
  }

  @Test
  void asksForPurposeTypeAndDepartmentBesidesTheClearance() {
    assertThat(income("330100-SWJ", PersonType.STAFF, Set.of("audit")))
        .isEqualTo(Reason.WITHIN_CLEARANCE);
    assertThat(income("330100-SWJ", PersonType.STAFF, Set.of("service"))).isEqualTo(Reason.PURPOSE);
    assertThat(income("330100-SWJ", PersonType.STAFF, Set.of())).isEqualTo(Reason.PURPOSE);
    assertThat(income("330100-SWJ", PersonType.OUTSOURCED, Set.of("audit")))
        .isEqualTo(Reason.PERSON_TYPE);
    assertThat(income("330100-SWJ", null, Set.of("audit"))).isEqualTo(Reason.PERSON_TYPE);
    assertThat(income("330100-FY", PersonType.STAFF, Set.of("audit"))).isEqualTo(Reason.DEPARTMENT);
    assertThat(income(null, PersonType.STAFF, Set.of("audit"))).isEqualTo(Reason.DEPARTMENT);
  }

  @Test
  void asksForNothingBesidesTheClearanceAtTheLowestLevel() {
    TableName caseFile = new TableName("public", "case_file");
    PersonRights rights = policy.rights(cleared(4), NOW);

    assertThat(kind(rights.of(caseFile, "number"))).isEqualTo("Plain");
    assertThat(rights.decide(caseFile, "verdict").reason()).isEqualTo(Reason.DEPARTMENT);
    assertThat(rights.decide(caseFile, "added_later").reason()).isEqualTo(Reason.DEPARTMENT);
  }

  @Test
  void showsNothingAfterThePersonsTerm() {
    Person person = new Person("ana", 4, null, null, Set.of(), NOW);

    assertThat(policy.rights(person, NOW.minusNanos(1)).of(PERSON, "id"))
        .isEqualTo(new Treatment.Plain());
    for (String column : List.of("id", "name", "added_later")) {
      assertThat(policy.rights(person, NOW).decide(PERSON, column).reason())
          .isEqualTo(Reason.TERM_OVER);
    }
    assertThat(
            new Policy(CATALOGUE, UnknownTable.OBSERVE).rights(person, NOW).passesUnknownTables())
        .isFalse();
  }

  @Test
  void deniesOrObservesATableThatTheCatalogueLacks() {
    PersonRights denying = policy.rights(cleared(4), NOW);
    PersonRights observing = new Policy(CATALOGUE, UnknownTable.OBSERVE).rights(cleared(0), NOW);

    assertThat(denying.catalogued(UNKNOWN)).isFalse();
    assertThat(denying.passesUnknownTables()).isFalse();
    assertThat(kind(denying.of(UNKNOWN, "id"))).isEqualTo("Hidden");
    assertThat(observing.catalogued(UNKNOWN)).isFalse();
    assertThat(observing.passesUnknownTables()).isTrue();
    assertThat(observing.decide(UNKNOWN, "id"))
        .isEqualTo(new ColumnDecision(0, null, new Treatment.Plain(), Reason.TABLE_UNKNOWN));
    assertThat(kind(observing.of(PERSON, "phone"))).isEqualTo("Hidden");
  }

  @Test
  void hasAnotherVersionForEachThingThatDecides() {
    Person ana = new Person("ana", 2, "a", PersonType.STAFF, Set.of("x", "y"), NOW);
    Policy observing = new Policy(CATALOGUE, UnknownTable.OBSERVE);
    Policy changed = new Policy(parse("scheme: zhejiang-4\ntables: []\n"), UnknownTable.DENY);

    Set<String> versions = new HashSet<>();
    for (PersonRights rights :
        List.of(
            policy.rights(ana, NOW),
            observing.rights(ana, NOW),
            changed.rights(ana, NOW),
            policy.rights(ana, NOW.minusSeconds(1)),
            policy.rights(new Person("ana", 3, "a", PersonType.STAFF, Set.of("x", "y"), NOW), NOW),
            policy.rights(new Person("ana", 2, "b", PersonType.STAFF, Set.of("x", "y"), NOW), NOW),
            policy.rights(new Person("ana", 2, null, PersonType.STAFF, Set.of("x"), NOW), NOW),
            policy.rights(new Person("ana", 2, "null", PersonType.STAFF, Set.of("x"), NOW), NOW),
            policy.rights(new Person("ana", 2, "a", null, Set.of("x", "y"), NOW), NOW),
            policy.rights(new Person("ana", 2, "a", PersonType.STAFF, Set.of("x\ny"), NOW), NOW))) {
      versions.add(rights.version());
    }

    assertThat(versions).hasSize(10);
  }

  @Test
  void givesEqualRightsToWhomMaySeeTheSame() {
    Person ana = new Person("ana", 2, "a", PersonType.STAFF, Set.of("x"), null);
    Person bo = new Person("bo", 2, "a", PersonType.STAFF, Set.of("x"), NOW.plusSeconds(9));

    assertThat(policy.rights(ana, NOW))
        .isEqualTo(policy.rights(bo, NOW))
        .hasSameHashCodeAs(policy.rights(bo, NOW))
        .isNotEqualTo(new Policy(CATALOGUE, UnknownTable.DENY).rights(ana, NOW));
    assertThat(new Policy(CATALOGUE, UnknownTable.DENY).rights(ana, NOW).version())
        .isEqualTo(policy.rights(bo, NOW).version());
  }

  @RandomizedTest
  void neverShowsAValueAboveTheClearanceAndNeverMoreToALowerOne(RandomGenerator random) {
    Catalogue catalogue = parse(randomCatalogue(random));
    Policy any =
        new Policy(catalogue, random.nextBoolean() ? UnknownTable.DENY : UnknownTable.OBSERVE);
    Person person = randomPerson(random);
    PersonRights rights = any.rights(person, NOW);
    Person higher =
        new Person(
            person.name(),
            person.clearance() + 1,
            person.department(),
            person.type(),
            person.purposes(),
            person.validUntil());

    for (CataloguedTable table : catalogue.tables().values()) {
      List<String> columns = new ArrayList<>(table.columns().keySet());
      columns.add("added_later");
      for (String column : columns) {
        ColumnDecision decision = rights.decide(table.name(), column);
        CataloguedColumn known = table.columns().get(column);
        int level = known == null ? catalogue.scheme().highest() : known.level();

        assertThat(decision.level()).isEqualTo(level);
        if (decision.treatment() instanceof Treatment.Plain) {
          assertThat(level).isLessThanOrEqualTo(person.clearance());
          assertThat(level).isLessThanOrEqualTo(catalogue.scheme().highestClearance());
          assertThat(person.validAt(NOW)).isTrue();
          assertThat(any.rights(higher, NOW).of(table.name(), column))
              .isEqualTo(decision.treatment());
        } else if (known == null || known.mask().isEmpty()) {
          assertThat(kind(decision.treatment())).isEqualTo("Hidden");
        } else {
          Mask mask = known.mask().orElseThrow();
          assertThat(decision.treatment()).isEqualTo(new Treatment.Masked(mask));
        }
      }
    }
  }

  private static String randomCatalogue(RandomGenerator random) {
    int levels = random.nextInt(1, 6);
    StringBuilder yaml = new StringBuilder("scheme:\n  id: random\n  highest-clearance: ");
    yaml.append(random.nextInt(levels + 1)).append("\n  levels:\n");
    for (int level = 1; level <= levels; level++) {
      yaml.append("    - {number: %d, name: n, opening: restricted}\n".formatted(level));
    }
    yaml.append("defaults:\n");
    for (int category = 0; category < 4; category++) {
      yaml.append("  c").append(category).append(": {").append(needs(random));
      yaml.append(random.nextBoolean() ? ", mask: {type: NULL}" : "");
      yaml.append(", levels: {%d: {mask: {type: YEAR_ONLY}}}}\n".formatted(levels));
    }
    yaml.append("tables:\n");
    for (int table = 0; table < 3; table++) {
      yaml.append("  - name: public.t%d\n    %s\n    columns:\n".formatted(table, needs(random)));
      for (int column = 0; column < 8; column++) {
        yaml.append("      a%d: {level: %d".formatted(column, random.nextInt(levels) + 1));
        yaml.append(random.nextBoolean() ? ", category: c" + random.nextInt(5) : "");
        yaml.append(random.nextInt(4) == 0 ? ", mask: {type: ROUND, digits: 2}" : "").append("}\n");
      }
    }
    return yaml.toString();
  }

  private static String needs(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> "needs: {purposes: [x, y]}";
      case 5 -> "needs: {purpose: required}";
      case 1 -> "needs: {person-types: [staff]}";
      case 2 -> "needs: {departments: [d]}";
      default -> "needs: {}";
    };
  }

  private static Person randomPerson(RandomGenerator random) {
    return new Person(
        "ana",
        random.nextInt(6),
        random.nextBoolean() ? "d" : null,
        random.nextBoolean() ? PersonType.STAFF : null,
        random.nextBoolean() ? Set.of("x") : Set.of(),
        random.nextInt(4) == 0 ? NOW : null);
  }

  private Reason income(
      @Nullable String department, @Nullable PersonType type, Set<String> purposes) {
    Person person = new Person("ana", 3, department, type, purposes, null);
    ColumnDecision decision = policy.rights(person, NOW).decide(PERSON, "income");
    assertThat(decision.treatment() instanceof Treatment.Plain)
        .isEqualTo(decision.reason() == Reason.WITHIN_CLEARANCE);
    return decision.reason();
  }

  @Test
  void tellsWhateverTheClearanceHowOthersSeeAColumn() {
    Rights rights = policy.rights(cleared(4), NOW);

    assertThat(rights.maskedForm(PERSON, "name"))
        .contains(new MaskedForm(new CharacterMask.KeepFirstLast(1, 0, '*'), null));
    assertThat(rights.maskedForm(PERSON, "id_card"))
        .contains(new MaskedForm(new CharacterMask.MaskFromTo(6, 16, '*'), null));
    assertThat(rights.maskedForm(PERSON, "phone")).isEmpty();
    assertThat(rights.maskedForm(UNKNOWN, "name")).isEmpty();
  }

  private static String kind(Treatment treatment) {
    return treatment.getClass().getSimpleName();
  }

  private static Person cleared(int clearance) {
    return new Person("ana", clearance, null, null, Set.of(), null);
  }

  private static Catalogue parse(String yaml) {
    return Catalogue.parse(
        "city.yaml", yaml, new SecretReferences(Path.of("city.yaml"), Map.of(), Optional.empty()));
  }
}
