// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.identifier.MobileNumber;
import org.citywall.masking.mask.ColumnType;
import org.citywall.masking.policy.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DetectorTest {

  private static final Logger LOG = LoggerFactory.getLogger(DetectorTest.class);
  private static final String NONE = "-";
  private static final int ROWS = 50;

  @TempDir private Path folder;

  /**
   * A column of the labelled set.
   *
   * @param category that a person would choose, or {@code -}
   * @param values kind of its values
   */
  private record Labelled(String table, LiveColumn column, String category, String values) {}

  private record Quality(double precision, double recall) {}

  private static List<Labelled> labelled() throws IOException {
    List<Labelled> all = new ArrayList<>();
    try (InputStream stream = DetectorTest.class.getResourceAsStream("labelled-columns.txt")) {
      String text = new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
      for (String line : text.split("\n", -1)) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          String[] part = line.split("\\|", -1);
          LiveColumn column = new LiveColumn(part[1], new ColumnType(part[2]), part[3]);
          all.add(new Labelled(part[0], column, part[4], part[5]));
        }
      }
    }
    return all;
  }

  private static List<LiveTable> tables(List<Labelled> all) {
    Map<String, Map<String, LiveColumn>> byTable = new LinkedHashMap<>();
    all.forEach(
        one ->
            byTable
                .computeIfAbsent(one.table(), table -> new LinkedHashMap<>())
                .put(one.column().name(), one.column()));
    List<LiveTable> tables = new ArrayList<>();
    byTable.forEach(
        (name, columns) -> {
          String[] parts = name.split("\\.", 2);
          tables.add(new LiveTable(new TableName(parts[0], parts[1]), "", null, columns));
        });
    return tables;
  }

  private static Samples samples(List<Labelled> all, RandomGenerator random) {
    MadeUpValues values = new MadeUpValues(random);
    return table -> {
      Map<String, List<String>> found = new HashMap<>();
      all.stream()
          .filter(one -> one.table().equals(table.name().toString()))
          .forEach(
              one ->
                  found.put(
                      one.column().name(),
                      Stream.generate(() -> values.of(one.values()))
                          .limit(ROWS)
                          .filter(value -> !value.isBlank())
                          .toList()));
      return found;
    };
  }

  private static Quality quality(List<Labelled> all, Samples samples) {
    Detector detector = new Detector(DetectionRules.builtIn(), 4);
    Map<String, String> proposed = new HashMap<>();
    for (LiveTable table : tables(all)) {
      for (Proposal one : detector.propose(table, samples)) {
        proposed.put(table.name() + "." + one.column().name(), one.category());
      }
    }
    long right =
        all.stream()
            .filter(
                one -> one.category().equals(proposed.get(one.table() + "." + one.column().name())))
            .count();
    all.stream()
        .filter(
            one ->
                !one.category()
                    .equals(proposed.getOrDefault(one.table() + "." + one.column().name(), NONE)))
        .forEach(
            one ->
                LOG.atDebug().log(
                    "{}.{} is {}, proposed {}",
                    one.table(),
                    one.column().name(),
                    one.category(),
                    proposed.get(one.table() + "." + one.column().name())));
    long wanted = all.stream().filter(one -> !one.category().equals(NONE)).count();
    return new Quality((double) right / proposed.size(), (double) right / wanted);
  }

  @Test
  void findsMostByNamesTypesAndCommentsAlone() throws IOException {
    List<Labelled> all = labelled();
    assertThat(all).hasSizeGreaterThanOrEqualTo(300);

    Quality quality = quality(all, Samples.NONE);

    LOG.atInfo().log("{} columns without samples: {}", all.size(), quality);
    assertThat(quality.precision()).isGreaterThanOrEqualTo(0.9);
    assertThat(quality.recall()).isGreaterThanOrEqualTo(0.8);
  }

  @RandomizedTest(iterations = 3)
  void findsMoreWithSamples(RandomGenerator random) throws IOException {
    List<Labelled> all = labelled();

    Quality quality = quality(all, samples(all, random));

    LOG.atInfo().log("{} columns with samples: {}", all.size(), quality);
    assertThat(quality.precision()).isGreaterThanOrEqualTo(0.9);
    assertThat(quality.recall()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void writesAFragmentThatIsAProposalAndReadsAsACatalogue() throws IOException {
    List<LiveTable> tables = tables(labelled());
    Detector detector = new Detector(DetectionRules.builtIn(), 4);
    Map<LiveTable, List<LiveColumn>> columns = new LinkedHashMap<>();
    List<Proposal> proposals = new ArrayList<>();
    for (LiveTable table : tables) {
      columns.put(table, List.copyOf(table.columns().values()));
      proposals.addAll(detector.propose(table, Samples.NONE));
    }

    String fragment = ProposalFragment.of(columns, proposals);

    assertThat(fragment.lines().filter(line -> line.startsWith("      ") && !line.contains("#")))
        .as("lines that do not say what they are")
        .isEmpty();
    Catalogue catalogue =
        Catalogue.parse(
            "fragment",
            "scheme: zhejiang-4\n" + fragment,
            new SecretReferences(Path.of("x"), Map.of(), Optional.empty()));
    assertThat(catalogue.tables().values().stream().mapToInt(table -> table.columns().size()).sum())
        .isEqualTo(proposals.size());
    assertThat(
            catalogue
                .table(new TableName("社保", "参保人员"))
                .orElseThrow()
                .columns()
                .get("身份证号码")
                .level())
        .isEqualTo(4);
  }

  @Test
  void givesReasonsThatHoldNoValue() {
    LiveTable table = table("c1", "character varying(32)");
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      values.add(MobileNumber.of(139, 10_000_000 + i));
    }

    Proposal found =
        new Detector(DetectionRules.builtIn(), 4)
            .propose(table, any -> Map.of("c1", values))
            .getFirst();

    assertThat(found.category()).isEqualTo("personal.mobile");
    assertThat(found.confidence()).isEqualTo(95);
    assertThat(found.reasons())
        .contains("100 % of 20 values have its check digit")
        .noneMatch(reason -> reason.contains("139"));
  }

  @Test
  void believesValuesMoreThanAName() {
    LiveTable table = table("id_card", "character varying(32)");
    List<String> values = Collections.nCopies(20, "A-17");
    Detector detector = new Detector(DetectionRules.builtIn(), 4);

    assertThat(detector.propose(table, Samples.NONE)).isNotEmpty();
    assertThat(detector.propose(table, any -> Map.of("id_card", values)))
        .extracting(Proposal::confidence)
        .containsExactly(50);
  }

  @Test
  void takesRulesOfTheUserFirst() throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(
        file,
        """
        rules:
          - {category: city.citizen-code, level: 3, names: [smk, shimin_code], terms: [市民码], length: 8}
        about: [wuguan]
        """);
    DetectionRules rules = DetectionRules.builtIn().behind(file);

    assertThat(new Detector(rules, 4).propose(table("smk", "varchar(20)"), Samples.NONE))
        .extracting(Proposal::category)
        .containsExactly("city.citizen-code");
    assertThat(new Detector(rules, 2).propose(table("shimin_code", "text"), Samples.NONE))
        .extracting(Proposal::level)
        .containsExactly(2);
    assertThat(new Detector(rules, 4).propose(table("wuguan_smk", "text"), Samples.NONE)).isEmpty();
  }

  @Test
  void namesTheLineOfAMistakeInRules() throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, "rules:\n  - {category: x, level: 3, values: '['}\n");

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> DetectionRules.builtIn().behind(file))
        .withMessageContaining("rules.yaml:2:");
  }

  @Test
  void goesThroughACityOfColumns() throws IOException {
    List<LiveTable> tables = tables(labelled());
    Detector detector = new Detector(DetectionRules.builtIn(), 4);
    int columns = 0;
    int proposals = 0;

    while (columns < 17_000) {
      for (LiveTable table : tables) {
        columns += table.columns().size();
        proposals += detector.propose(table, Samples.NONE).size();
      }
    }

    assertThat(proposals).isGreaterThan(columns / 3);
  }

  private static LiveTable table(String column, String type) {
    return new LiveTable(
        new TableName("public", "t"),
        "",
        null,
        Map.of(column, new LiveColumn(column, new ColumnType(type), "")));
  }
}
