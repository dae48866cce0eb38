// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.self;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.citywall.compliance.catalogue.Wording;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What an installation of Citywall meets, by this project's own judgement: nobody else looked it
 * over, and it is no assessment in the sense of GB/T 28448.
 *
 * @param selfAssessment its name
 * @param version rises with every change
 */
public record SelfAssessment(String selfAssessment, int version, List<Part> frameworks) {

  private static final String FILE = "self-assessment.yaml";

  public SelfAssessment {
    frameworks = List.copyOf(frameworks);
  }

  /** What an item comes to. */
  public enum Outcome {
    /** By the program as it is. */
    MEETS,
    /** In part; what is missing is said. */
    PARTLY,
    /** It is not of the program: who runs it has to do it. */
    OPERATOR,
    /** The program should and does not. */
    UNMET
  }

  /** What is said of one framework. */
  public record Part(String catalogue, List<Entry> entries) {

    public Part {
      entries = List.copyOf(entries);
    }
  }

  /**
   * What is said of some items alike.
   *
   * @param items ids in the catalogue
   * @param found why it comes to this
   * @param evidence documents and tests, as paths in the repository
   * @param operator what who runs it has to do; null for nothing
   */
  public record Entry(
      List<String> items,
      Outcome outcome,
      Wording found,
      List<String> evidence,
      @Nullable Wording operator) {

    public Entry {
      items = List.copyOf(items);
      evidence = evidence == null ? List.of() : List.copyOf(evidence);
    }
  }

  /** The one that comes with the program. */
  public static SelfAssessment builtIn() {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    try (InputStream in = SelfAssessment.class.getResourceAsStream(FILE)) {
      return yaml.readValue(Objects.requireNonNull(in, FILE), SelfAssessment.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
