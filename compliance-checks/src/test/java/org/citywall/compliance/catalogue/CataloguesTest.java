// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.catalogue.Catalogue.Responsibility;
import org.citywall.compliance.catalogue.Catalogue.Side;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.citywall.compliance.check.Checks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CataloguesTest {

  private static final String GOOD =
      """
      catalogue: city-rules
      version: 2
      title: {zh: 市规, en: City rules}
      family: djbh
      level: 3
      source: the city
      groups:
        - id: A
          title: 甲
          side: technical
          controls:
            - id: A-1
              title: 一
              items:
                - {id: A-1-01, importance: key, method: auto, text: 要求一}
                - {id: A-1-02, importance: ordinary, method: manual, text: 要求二}
      """;

  private static final String MAPPING =
      """
      mapping: city
      version: 1
      title: 映射
      source: the city
      links:
        - id: one
          evidence: 证据
          items: [city-rules/A-1-01, gbt22239-l3/L3-CES1-01]
      """;

  private static final Catalogues BUILT_IN = Catalogues.builtIn();

  @ParameterizedTest
  @CsvSource({
    "gbt22239-l1, 55",
    "gbt22239-l2, 135",
    "gbt22239-l3, 211",
    "gbt22239-l4, 228",
    "gbt22239-l3-cloud, 46",
    "gbt39786-l1, 24",
    "gbt39786-l2, 27",
    "gbt39786-l3, 41",
    "gbt39786-l4, 41",
    "data-security-index, 14"
  })
  void hasAsManyItemsAsTheStandard(String id, int items) {
    assertThat(BUILT_IN.get(id).items()).hasSize(items);
  }

  @Test
  void splitsLevelThreeAsTheWorkedExampleDoes() {
    Catalogue three = BUILT_IN.get("gbt22239-l3");

    assertThat(itemsOf(three, Side.TECHNICAL)).isEqualTo(96);
    assertThat(itemsOf(three, Side.MANAGEMENT)).isEqualTo(115);
    assertThat(three.item("L3-CES1-16")).isEmpty();
    assertThat(three.unconfirmed()).contains(Uncertainty.IMPORTANCE, Uncertainty.WORDING);
  }

  @Test
  void everyItemThatAChecksServesIsInTheCatalogue() {
    Catalogue three = BUILT_IN.get("gbt22239-l3");

    assertThat(Checks.builtIn().toList())
        .allSatisfy(
            check ->
                assertThat(check.items())
                    .allSatisfy(item -> assertThat(three.item(item)).as(item).isPresent()));
  }

  @Test
  void saysWhichItemsOfTheCloudArePlatforms() {
    Catalogue cloud = BUILT_IN.get("gbt22239-l3-cloud");

    assertThat(cloud.inheritsFrom()).isEqualTo("cloud-platform");
    assertThat(cloud.items()).allSatisfy(item -> assertThat(item.responsibility()).isNotNull());
    assertThat(cloud.item("L3-CMS2-01").orElseThrow().responsibility())
        .isEqualTo(Responsibility.TENANT);
    assertThat(cloud.item("L3-PES2-01").orElseThrow().inherited()).isTrue();
  }

  @Test
  void oneEvidenceSettlesManyFrameworks() {
    assertThat(BUILT_IN.linksOf(new ItemRef("gbt22239-l3", "L3-CES1-27")))
        .singleElement()
        .satisfies(
            link ->
                assertThat(link.items())
                    .extracting(ItemRef::catalogue)
                    .contains("gbt39786-l3", "gbt45577-risk"));
  }

  @Test
  void aFolderAddsAFrameworkAndAMappingWithoutCode(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a-mapping.yaml"), MAPPING);
    Files.writeString(folder.resolve("rules.yaml"), GOOD);
    Files.writeString(folder.resolve("rules-1.yaml"), GOOD.replace("version: 2", "version: 1"));
    Files.writeString(folder.resolve("notes.txt"), "no framework");

    Catalogues all = Catalogues.with(List.of(folder));

    assertThat(all.get("city-rules").version()).isEqualTo(2);
    assertThat(all.get("city-rules/1").version()).isEqualTo(1);
    assertThat(all.get("city-rules").item("A-1-01").orElseThrow().importance())
        .isEqualTo(Importance.KEY);
    assertThat(all.linksOf(new ItemRef("city-rules", "A-1-01"))).hasSize(1);
  }

  @Test
  void aCheckServesTheSameRequirementAtEveryLevelAndNoStricterOne() {
    assertThat(BUILT_IN.servedBy("L3-CES1-02"))
        .extracting(ItemRef::toString)
        .containsExactlyInAnyOrder(
            "gbt22239-l1/L1-CES1-02",
            "gbt22239-l2/L2-CES1-02",
            "gbt22239-l3/L3-CES1-02",
            "gbt22239-l4/L4-CES1-02");
    assertThat(BUILT_IN.servedBy("L3-CES1-25"))
        .extracting(ItemRef::toString)
        .contains("gbt22239-l3/L3-CES1-25")
        .doesNotContain("gbt22239-l2/L2-CES1-17");
  }

  @Test
  void everyLinkOfARequirementJoinsItemsOfTheSameWords() {
    List<Mapping> same =
        BUILT_IN.mappings().stream().filter(m -> m.joins() == Mapping.Joins.REQUIREMENT).toList();

    assertThat(same).singleElement().satisfies(m -> assertThat(m.links()).hasSize(206));
    assertThat(same.getFirst().links())
        .allSatisfy(
            link ->
                assertThat(link.items())
                    .extracting(
                        ref -> BUILT_IN.get(ref.catalogue()).item(ref.item()).orElseThrow().text())
                    .containsOnly(link.evidence()));
  }

  @Test
  void aKeptVersionIsReadAgainAsItWas() {
    Catalogue index = BUILT_IN.get("data-security-index");

    assertThat(Catalogue.parse("kept", index.yaml())).isEqualTo(index);
    assertThat(index.digest()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "version: 2         | version: 0           | 2 | from 1",
        "family: djbh       | family: djbhh        | 4 | one of djbh",
        "level: 3           | level: 5             | 5 | from 1 to 4",
        "level: 3           | levels: 3            | 5 | unknown key 'levels'",
        "source: the city   | version: 3           | 6 | 'version' stands twice",
        "side: technical    | title: 乙            | 10 | 'title' stands twice",
        "side: technical    | weight: 1            | 8 | 'side' is missing",
        "importance: key,   | weight: 1,           | 15 | 'importance' is missing",
        "importance: key    | importance: grave    | 15 | one of key",
        "A-1-02             | A-1-01               | 16 | A-1-01 stands twice",
        "A-1-02             | 第二                 | 16 | letters",
        "text: 要求一        | text: ''             | 15 | a text is expected",
        "method: auto       | method: auto, responsibility: tenant | 15 | inherits from",
        "title: 甲          | title: {en: A}       | 9 | 'zh' is missing",
        "title: 甲          | title: &x 甲         | 9 | anchors",
        "groups:            | groups: [            | 8 | "
      })
  void aMistakeIsRefusedWithItsLine(String good, String bad, int line, String said) {
    assertThatThrownBy(() -> Catalogue.parse("city.yaml", GOOD.replace(good, bad)))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.CATALOGUE_INVALID))
        .hasMessageContaining("city.yaml:" + line + ": ")
        .hasMessageContaining(said == null ? "" : said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A-1-01 | A-1-09 | CMP-0041 | 8",
        "city-rules/A-1-01, | '' | CMP-0040 | 8",
        "city-rules/A-1-01 | A-1-01 | CMP-0040 | 8",
        "links | link | CMP-0040 | 5"
      })
  void aMappingToNothingIsRefusedWithItsLine(
      String good, String bad, String code, int line, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("rules.yaml"), GOOD);
    Files.writeString(folder.resolve("map.yaml"), MAPPING.replace(good, bad));

    assertThatThrownBy(() -> Catalogues.with(List.of(folder)))
        .isInstanceOfSatisfying(
            PlatformException.class, e -> assertThat(e.code().id()).isEqualTo(code))
        .hasMessageContaining("map.yaml:" + line + ": ");
  }

  @Test
  void theSameVersionTwiceAndAFolderThatIsNotThereAreRefused(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("a.yaml"), GOOD);
    Files.writeString(folder.resolve("b.yaml"), GOOD);

    assertThatThrownBy(() -> Catalogues.with(List.of(folder)))
        .hasMessageContaining("city-rules/2 is there already");
    assertThatThrownBy(() -> Catalogues.with(List.of(folder.resolve("none"))))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.CATALOGUES_UNREADABLE));
    assertThatThrownBy(() -> BUILT_IN.get("iso"))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.CATALOGUE_UNKNOWN));
  }

  private static long itemsOf(Catalogue catalogue, Side side) {
    return catalogue.groups().stream()
        .filter(group -> group.side() == side)
        .flatMap(Catalogue.Group::items)
        .count();
  }
}
