// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScoringTest {

  private static final Path DOCS = Path.of("..", "docs", "reference", "score");

  @ParameterizedTest
  @CsvSource({
    "djbh-2021, djbh",
    "djbh-2025, djbh",
    "miping-2021, miping",
    "miping-2023, miping",
    "index, index"
  })
  void scoresTheDocumentedExampleAsDocumented(String rule, String file) throws IOException {
    String example = Files.readString(DOCS.resolve(file + ".example.json"));

    String score = Scoring.toJson(Scoring.builtIn(RuleName.of(rule)).score(example));

    Scoring scoring = Scoring.builtIn(RuleName.of(rule));
    assertThat(scoring.toBeConfirmedZh(scoring.score(example)))
        .hasSameSizeAs(scoring.score(example).toBeConfirmed())
        .allMatch(text -> text.codePoints().anyMatch(c -> c >= 0x4E00));
    assertThat(schema(file + ".schema.json").validate(example, InputFormat.JSON)).isEmpty();
    assertThat(schema("score.schema.json").validate(score, InputFormat.JSON)).isEmpty();
    Golden.assertGolden("score/" + rule + ".json", score + "\n");
  }

  @Test
  void scoresChineseWordsLikeEnglishOnes() {
    String english =
        """
        {"level": 3, "items": [
          {"id": "L3-CES1-01", "weight": "key", "results": ["partial"]},
          {"id": "L3-MMS1-01", "weight": "ordinary", "results": ["conform"]}]}""";
    String chinese =
        """
        {"level": 3, "items": [
          {"id": "L3-CES1-01", "weight": "关键", "side": "技术", "results": ["部分符合"]},
          {"id": "L3-MMS1-01", "weight": "一般", "results": ["符合"]}]}""";
    Scoring rule = Scoring.builtIn(RuleName.DJBH_2021);

    assertThat(rule.score(chinese)).isEqualTo(rule.score(english));
    assertThat(rule.score(english).score()).isEqualTo("50.00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "{}",
        "{\"level\":3}",
        "{\"level\":5,\"items\":[]}",
        "{\"level\":3,\"items\":[null]}",
        "{\"level\":3,\"items\":[],\"itmes\":[]}",
        "{\"level\":3,\"items\":[]} {}",
        "{\"level\":3,\"level\":2,\"items\":[]}",
        "{\"level\":3,\"attention\":1.1,\"items\":[]}",
        "{\"level\":3,\"items\":[{\"id\":\"L3-CES1-01\",\"results\":[\"conform\"]}]}",
        "{\"level\":3,\"items\":[{\"id\":\"L3-CES1-01\",\"weight\":\"key\",\"results\":[]}]}",
        "{\"level\":3,\"items\":[{\"id\":\"L3-CES1-01\",\"weight\":\"key\",\"results\":[\"ok\"]}]}",
        "{\"level\":3,\"items\":[{\"id\":\"L2-CES1-01\",\"weight\":\"key\",\"results\":[\"conform\"]}]}",
        "{\"level\":3,\"items\":[{\"id\":\"X1\",\"weight\":\"key\",\"results\":[\"conform\"]}]}",
        "{\"level\":3,\"items\":[],\"majorHazards\":{\"found\":1,\"rectified\":2}}"
      })
  void refusesWhatIsNoAssessment(String json) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> Scoring.builtIn(RuleName.DJBH_2021).score(json))
        .withMessageStartingWith("CMP-0001");
  }

  @Test
  void saysWhereAnAssessmentIsWrong() {
    String json =
        """
        {"level": 3, "items": [
          {"id": "L3-CES1-01", "weight": "key", "results": ["conform"]},
          {"id": "L3-CES1-01", "weight": "key", "results": ["conform"]}]}""";

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> Scoring.builtIn(RuleName.DJBH_2021).score(json))
        .withMessage("CMP-0001 L3-CES1-01: stands twice");
  }

  @ParameterizedTest
  @EnumSource(RuleName.class)
  void namesItsVersionAndRefusesTheFileOfAnotherRule(RuleName name) {
    assertThat(Scoring.builtIn(name).rule()).isEqualTo(name.id() + "/1");
    for (String yaml : new String[] {"", "rule: x/1", "rule: " + name.id() + "/2\nfactor: 1"}) {
      assertThatExceptionOfType(PlatformException.class)
          .isThrownBy(() -> Scoring.of(name, yaml))
          .withMessageStartingWith("CMP-0002");
    }
  }

  @Test
  void aRuleSaysEverythingInChineseOrNothing() {
    String yaml =
        """
        rule: djbh-2021/1-test
        factors: {key: 1, important: 1, ordinary: 1}
        conclusions: []
        otherwise: 差
        to-be-confirmed: [one, two]
        """;

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> Scoring.of(RuleName.DJBH_2021, yaml + "to-be-confirmed-zh: [其一]\n"))
        .withMessageContaining("to-be-confirmed-zh");
    Scoring english = Scoring.of(RuleName.DJBH_2021, yaml);
    Score score = english.score("{\"level\":3,\"items\":[]}");
    assertThat(english.toBeConfirmedZh(score)).containsExactly("one", "two");
  }

  @Test
  void scoresByAVersionThatSomebodyCorrected() {
    Scoring rule =
        Scoring.of(
            RuleName.DJBH_2021,
            """
            rule: djbh-2021/1-test
            factors: {key: 1, important: 1, ordinary: 1}
            conclusions: [{name: 优, at-least: 50}]
            otherwise: 差
            to-be-confirmed: []
            """);

    Score score =
        rule.score(
            """
            {"level": 3, "risks": [{"grade": "high"}], "items": [
              {"id": "L3-CES1-01", "weight": "key", "results": ["nonconform"]},
              {"id": "L3-MMS1-01", "weight": "ordinary", "results": ["conform"]}]}""");

    assertThat(score.score()).isEqualTo("50.00");
    assertThat(score.conclusion()).isEqualTo("优");
    assertThat(score.rule()).isEqualTo("djbh-2021/1-test");
  }

  private static Schema schema(String name) throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(DOCS.resolve(name)), InputFormat.JSON);
  }
}
