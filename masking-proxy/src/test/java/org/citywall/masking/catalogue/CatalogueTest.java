// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.HashMask;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.mask.TruncatingMask;
import org.citywall.masking.policy.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

  private static final TableName PERSON = new TableName("public", "person");
  private static final SecretReferences SECRETS =
      new SecretReferences(
          Path.of("catalogue.yaml"), Map.of("HASH_KEY", "sixteen bytes or more"), Optional.empty());

  private static final String USUAL =
      """
      scheme: zhejiang-4
      defaults:
        personal.name: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 0}}
        personal.birthday:
          level: 3
          mask: {type: YEAR_ONLY}
          levels: {4: {mask: {type: NULL}}}
          needs: {purposes: [statistics], person-types: [staff], departments: [330100-MZJ]}
      tables:
        - name: public.person
          owner: 330100-MZJ
          subject: id_card
          grade: important
          sharing: conditional
          opening: prohibited
          needs: {purposes: [service]}
          columns:
            id: {level: 1}
            name: {level: 3, category: personal.name}
            born: {category: personal.birthday}
            died: {level: 4, category: personal.birthday}
            id_card: {level: 4, category: personal.id, mask: {type: KEYED_HASH, key: "${env:HASH_KEY}"}}
      """;

  @Test
  void readsWhatTheFileSaysOfATable() {
    CataloguedTable person = parse(USUAL).table(PERSON).orElseThrow();

    assertThat(person.owner()).isEqualTo("330100-MZJ");
    assertThat(person.subject()).isEqualTo("id_card");
    assertThat(person.grade()).isEqualTo(NationalGrade.IMPORTANT);
    assertThat(person.sharing()).isEqualTo(Sharing.CONDITIONAL);
    assertThat(person.opening()).isEqualTo(Opening.PROHIBITED);
    assertThat(person.needs().purposes()).containsExactly("service");
    assertThat(person.columns().keySet()).containsExactly("id", "name", "born", "died", "id_card");
  }

  @Test
  void masksByColumnThenByCategoryAndLevelThenByCategory() {
    Map<String, CataloguedColumn> columns = parse(USUAL).table(PERSON).orElseThrow().columns();

    assertThat(columns.get("id").mask()).isEmpty();
    assertThat(columns.get("name").mask()).contains(new CharacterMask.KeepFirstLast(1, 0, '*'));
    assertThat(columns.get("born").mask()).contains(new TruncatingMask.YearOnly());
    assertThat(columns.get("died").mask()).get().isInstanceOf(Mask.ToNull.class);
    assertThat(columns.get("id_card").mask()).get().isInstanceOf(HashMask.Keyed.class);
  }

  @Test
  void takesTheLevelOfTheCategoryWhereTheColumnNamesNone() {
    assertThat(parse(USUAL).table(PERSON).orElseThrow().columns().get("born").level()).isEqualTo(3);
  }

  @Test
  void knowsTheLevelsOfZhejiang() {
    LevelScheme scheme = parse("scheme: zhejiang-4\ntables: []\n").scheme();

    assertThat(scheme.levels())
        .extracting(Level::name)
        .containsExactly("不敏感数据", "低敏感数据", "较敏感数据", "敏感数据");
    assertThat(scheme.confirmed()).isTrue();
    assertThat(scheme.highestClearance()).isEqualTo(4);
    assertThat(parse("scheme: hangzhou-4\ntables: []\n").scheme().confirmed()).isFalse();
  }

  @Test
  void readsASchemeOfItsOwn() {
    LevelScheme scheme =
        parse(
                """
                scheme:
                  id: three
                  highest-clearance: 2
                  levels:
                    - {number: 1, name: open, opening: unconditional}
                    - {number: 2, name: inner, opening: restricted}
                    - {number: 3, name: secret, opening: prohibited}
                tables: []
                """)
            .scheme();

    assertThat(scheme.highest()).isEqualTo(3);
    assertThat(scheme.highestClearance()).isEqualTo(2);
  }

  @Test
  void opensATableAsItsMostSensitiveColumnAllows() {
    assertThat(opening("a: {level: 1}")).isEqualTo(Opening.UNCONDITIONAL);
    assertThat(opening("a: {level: 1}, b: {level: 3}")).isEqualTo(Opening.RESTRICTED);
    assertThat(opening("a: {level: 4}, b: {level: 1}")).isEqualTo(Opening.PROHIBITED);
    assertThat(opening("")).isEqualTo(Opening.PROHIBITED);
  }

  @Test
  void readsNamesAsSqlDoes() {
    Catalogue catalogue =
        parse(
            """
            scheme: zhejiang-4
            tables:
              - name: Public.PERSON
                columns: {ID_Card: {level: 4}, '"Name"': {level: 3}, 姓名: {level: 3}}
              - name: '"a.b"."Say ""x"" loud"'
                columns: {}
            """);

    assertThat(catalogue.tables().keySet())
        .containsExactly(PERSON, new TableName("a.b", "Say \"x\" loud"));
    assertThat(catalogue.table(PERSON).orElseThrow().columns().keySet())
        .containsExactly("id_card", "Name", "姓名");
  }

  @Test
  void versionIsOfTheTextAndNothingElse() {
    assertThat(parse(USUAL).version()).isEqualTo(parse(USUAL).version()).hasSize(64);
    assertThat(parse(USUAL + "# seen\n").version()).isNotEqualTo(parse(USUAL).version());
  }

  @Test
  void readsSeventeenThousandColumns() {
    StringBuilder yaml = new StringBuilder("scheme: zhejiang-4\ndefaults:\n");
    yaml.append(
        "  personal.name: {level: 3, mask: {type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 0}}\n");
    yaml.append("tables:\n");
    for (int table = 0; table < 1_000; table++) {
      yaml.append("  - name: public.t").append(table).append("\n    columns:\n");
      for (int column = 0; column < 17; column++) {
        yaml.append("      c").append(column).append(": {category: personal.name}\n");
      }
    }

    Catalogue catalogue = parse(yaml.toString());

    assertThat(catalogue.tables().values().stream().mapToInt(table -> table.columns().size()).sum())
        .isEqualTo(17_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FILE_SYNTAX     | 1 | scheme: [",
        "FILE_SYNTAX     | 1 | ` `",
        "FILE_SYNTAX     | 2 | tables: []~scheme: &a zhejiang-4",
        "KEY_UNKNOWN     | 2 | scheme: zhejiang-4~table: []",
        "KEY_UNKNOWN     | 4 | HEAD  - name: public.a~    colums: {}",
        "KEY_UNKNOWN     | 4 | HEAD  - name: public.a~    columns: {a: {levl: 1}}",
        "KEY_TWICE       | 2 | scheme: zhejiang-4~scheme: zhejiang-4",
        "KEY_TWICE       | 6 | HEAD  - name: public.a~    columns:~      a: {level: 1}~      a: {level: 2}",
        "NAME_TWICE      | 6 | HEAD  - name: public.a~    columns:~      a: {level: 1}~      A: {level: 2}",
        "NAME_TWICE      | 5 | HEAD  - name: public.a~    columns: {}~  - name: Public.A~    columns: {}",
        "VALUE_INVALID   | 1 | tables: []",
        "VALUE_INVALID   | 1 | scheme: zhejiang-4",
        "VALUE_INVALID   | 1 | []",
        "VALUE_INVALID   | 2 | scheme: zhejiang-4~tables: {}",
        "VALUE_INVALID   | 3 | HEAD  - name: person~    columns: {}",
        "VALUE_INVALID   | 3 | HEAD  - name: public.a b~    columns: {}",
        "VALUE_INVALID   | 3 | HEAD  - name: public.\"a~    columns: {}",
        "VALUE_INVALID   | 3 | HEAD  - columns: {}",
        "VALUE_INVALID   | 4 | HEAD  - name: public.a~    columns: {a: {level: three}}",
        "VALUE_INVALID   | 4 | HEAD  - name: public.a~    columns: {a: {}}",
        "VALUE_INVALID   | 4 | HEAD  - name: public.a~    columns: {a: {category: personal.name}}",
        "VALUE_INVALID   | 4 | HEAD  - name: public.a~    columns: {a: }",
        "VALUE_INVALID   | 5 | HEAD  - name: public.a~    columns: {}~    grade: high",
        "VALUE_INVALID   | 5 | HEAD  - name: public.a~    columns: {}~    needs: {person-types: [robot]}",
        "SCHEME_UNKNOWN  | 1 | scheme: nowhere-9~tables: []",
        "LEVEL_UNKNOWN   | 4 | HEAD  - name: public.a~    columns: {a: {level: 5}}",
        "LEVEL_UNKNOWN   | 4 | HEAD  - name: public.a~    columns: {a: {level: 0}}",
        "LEVEL_UNKNOWN   | 2 | scheme: zhejiang-4~defaults: {a: {levels: {7: {mask: {type: NULL}}}}}~tables: []",
        "MASK_INVALID    | 2 | scheme: zhejiang-4~defaults: {a: {mask: {type: ROT13}}}~tables: []",
        "MASK_INVALID    | 2 | scheme: zhejiang-4~defaults: {a: {mask: {type: ROUND}}}~tables: []",
        "MASK_INVALID    | 4 | HEAD  - name: public.a~    columns: {a: {level: 1, mask: {type: NULL, key: '${env:HASH_KEY}'}}}",
        "SUBJECT_MISSING | 4 | HEAD  - name: public.a~    subject: id~    columns: {}",
      })
  void namesEachMistakeWithFileAndLine(MaskingErrorCode code, int line, String yaml) {
    String text = yaml.replace("HEAD", "scheme: zhejiang-4~tables:~").replace('~', '\n');

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> parse(text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageStartingWith(code.id() + " city.yaml:" + line + ":");
  }

  @Test
  void neverRepeatsASecretInAMessage() {
    List<String> wrong =
        List.of(
            "defaults: {a: {mask: {type: KEYED_HASH, key: s3cret, keys: s3cret}}}",
            "defaults: {a: {mask: {type: KEYED_HASH, key: s3cret}",
            "defaults: {a: {mask: {type: KEYED_HASH, key: \"s3cret}}}");
    for (String yaml : wrong) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> parse("scheme: zhejiang-4\n" + yaml + "\ntables: []\n"))
          .satisfies(
              e -> {
                for (Throwable t = e; t != null; t = t.getCause()) {
                  assertThat(t.toString()).doesNotContain("s3cret");
                }
              });
    }
  }

  private static Opening opening(String columns) {
    return parse(
            "scheme: zhejiang-4\ntables:\n  - name: public.person\n    columns: {"
                + columns
                + "}\n")
        .table(PERSON)
        .orElseThrow()
        .opening();
  }

  private static Catalogue parse(String yaml) {
    return Catalogue.parse("city.yaml", yaml, SECRETS);
  }
}
