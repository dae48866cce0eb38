// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.grant.Grants;
import org.citywall.masking.sql.RowFilterCheck;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The documented examples and schemas say what the program reads. */
class ReferenceFilesTest {

  private static final Path DOCS = Path.of("..", "docs", "reference", "proxy");

  @Test
  void readsTheExamples() {
    ProxyConfig config =
        ProxyConfig.read(
            DOCS.resolve("proxy.example.yaml"),
            Map.of(
                "LOOK_UP_KEY",
                "sixteen bytes or more",
                "SUBJECT_KEY",
                "thirty-two bytes or more, in a test"),
            Optional.empty());

    assertThat(config.users()).containsOnlyKeys("ana", "bo", "portal", "clerk");
    assertThat(config.policy().catalogue().tables()).hasSize(2);
    assertThat(config.grants().byPerson()).containsOnlyKeys("ana", "bo");
    RowFilterCheck.check(GrammarAnalyser::new, config.policy().catalogue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rows: 500 | rows: 0",
        "single-use: true | single-use: once",
        "[public.person.id_card] | public.person.id_card",
        "id: G-2026-0117 | id: a/b",
        "approver: lin | approved: lin",
        "ticket: T-4711 | statement: T-4711",
        "monday | mon",
        "valid-from: 2026-11-24T00:00:00+08:00 | kind: write",
      })
  void refusesInTheSchemaWhatTheGrantsRefuse(String right, String wrong) throws IOException {
    String example = Files.readString(DOCS.resolve("grants.example.yaml"));
    assertThat(example).contains(right);
    String changed = example.replace(right, wrong);
    Catalogue catalogue =
        ProxyConfig.read(
                DOCS.resolve("proxy.example.yaml"),
                Map.of(
                    "LOOK_UP_KEY",
                    "sixteen bytes or more",
                    "SUBJECT_KEY",
                    "thirty-two bytes or more, in a test"),
                Optional.empty())
            .policy()
            .catalogue();

    assertThat(schema("grants").validate(changed, InputFormat.YAML)).isNotEmpty();
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> Grants.parse("grants.yaml", changed, catalogue));
  }

  @ParameterizedTest
  @CsvSource({"proxy", "catalogue", "grants"})
  void validatesTheExamples(String file) throws IOException {
    String example = Files.readString(DOCS.resolve(file + ".example.yaml"));

    assertThat(schema(file).validate(example, InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scheme: zhejiang-4       # L1 | schema: zhejiang-4 # L1",
        "scheme: zhejiang-4       # L1 | scheme: zhejiang-5 # L1",
        "{level: 1}                    | {level: 0}",
        "{level: 1}                    | {level: one}",
        "{level: 1}                    | {levels: 1}",
        "{level: 1}                    | 1",
        "type: YEAR_ONLY               | type: ROT13",
        "type: YEAR_ONLY               | typ: YEAR_ONLY",
        "{mask: {type: \"NULL\"}}        | {type: \"NULL\"}",
        "identifier: mobile-number     | identifier: telephone",
        "grade: general                | grade: high",
        "sharing: conditional          | sharing: sometimes",
        "opening: prohibited           | opening: closed",
        "[330100-FY]                   | 330100-FY",
        "person-types: [staff]         | person-types: [robot]",
        "name: public.court_case       | owner: x",
        "equals: person.department     | is: person.department",
        "court, equals                 | court, sql: x, equals",
        "unless: {departments          | unless: {department",
      })
  void refusesInTheSchemaWhatTheCatalogueRefuses(String right, String wrong) throws IOException {
    String example = Files.readString(DOCS.resolve("catalogue.example.yaml"));
    assertThat(example).contains(right);
    String changed = example.replace(right, wrong);

    assertThat(schema("catalogue").validate(changed, InputFormat.YAML)).isNotEmpty();
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(
            () ->
                Catalogue.parse(
                    "catalogue.yaml",
                    changed,
                    new SecretReferences(DOCS.resolve("x"), Map.of(), Optional.empty())));
  }

  @Test
  void namesInTheSchemaEachMaskThatTheCatalogueReads() throws IOException {
    String example = Files.readString(DOCS.resolve("catalogue.example.yaml"));
    for (String mask :
        new String[] {
          "type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 1",
          "type: MASK_FIRST_N_LAST_M, first-n: 1, last-m: 1, replace-char: '#'",
          "type: KEEP_FROM_X_TO_Y, from-x: 1, to-y: 2",
          "type: MASK_FROM_X_TO_Y, from-x: 1, to-y: 2",
          "type: MASK_BEFORE_SPECIAL_CHARS, special-chars: '@'",
          "type: MASK_AFTER_SPECIAL_CHARS, special-chars: '@'",
          "type: KEYED_HASH, key: '${env:KEY}'",
          "type: ROUND, digits: 2",
          "type: GENERALISE, step: 10",
        }) {
      String changed = example.replace("type: YEAR_ONLY", mask);

      assertThat(schema("catalogue").validate(changed, InputFormat.YAML)).as(mask).isEmpty();
      assertThat(
              Catalogue.parse(
                      "catalogue.yaml",
                      changed,
                      new SecretReferences(
                          DOCS.resolve("x"),
                          Map.of("KEY", "sixteen bytes or more"),
                          Optional.empty()))
                  .tables())
          .hasSize(2);
    }
  }

  private static Schema schema(String file) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(DOCS.resolve(file + ".schema.json")), InputFormat.JSON);
  }
}
