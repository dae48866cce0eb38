// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One rule, ready to score assessments given as JSON. The JSON Schema of each rule's assessment is
 * in {@code docs/reference/score}.
 */
public final class Scoring {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final ScoringRule<?> rule;

  private Scoring(ScoringRule<?> rule) {
    this.rule = rule;
  }

  /** The version of the rule that ships with this release. */
  public static Scoring builtIn(RuleName name) {
    String file = name.id() + ".yaml";
    try (InputStream in = Scoring.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A rule as data, such as a version that somebody corrected; {@code CMP-0002} where it is none of
   * this name.
   */
  public static Scoring of(RuleName name, String yaml) {
    Class<? extends ScoringRule<?>> type =
        switch (name) {
          case DJBH_2021 -> Djbh2021.class;
          case DJBH_2025 -> Djbh2025.class;
          case MIPING_2021, MIPING_2023 -> Miping.class;
          case INDEX -> CityIndex.class;
        };
    ScoringRule<?> rule = read(YAML, yaml, type, ComplianceErrorCode.RULE_INVALID);
    if (!rule.rule().startsWith(name.id() + "/")) {
      throw new PlatformException(
          ComplianceErrorCode.RULE_INVALID, "rule: must be " + name.id() + "/VERSION");
    }
    return new Scoring(rule);
  }

  /** Name and version of the rule. */
  public String rule() {
    return rule.rule();
  }

  /**
   * What of the rule was not checked against the official text, in Chinese; in the words of its
   * scores where the rule says it in no Chinese ones.
   */
  public List<String> toBeConfirmedZh(Score score) {
    List<String> chinese = rule.toBeConfirmedZh();
    return chinese == null ? score.toBeConfirmed() : chinese;
  }

  /** Scores an assessment; {@code CMP-0001} where the JSON is none that this rule scores. */
  public Score score(String json) {
    return score(rule, json);
  }

  /** Scores an assessment that is not JSON; of the type that this rule scores. */
  Score score(Object assessment) {
    return score(rule, assessment);
  }

  private static <T> Score score(ScoringRule<T> rule, Object assessment) {
    return rule.score(rule.input().cast(assessment));
  }

  private static <T> Score score(ScoringRule<T> rule, String json) {
    return rule.score(read(JSON, json, rule.input(), ComplianceErrorCode.ASSESSMENT_INVALID));
  }

  /** The score as JSON, as {@code citywall score} prints it. */
  public static String toJson(Score score) {
    return JSON.writeValueAsString(score);
  }

  private static <T> T read(
      ObjectMapper mapper, String text, Class<T> type, ComplianceErrorCode code) {
    try {
      T value = text.isBlank() ? null : mapper.readValue(text, type);
      if (value == null) {
        throw new PlatformException(code, "the file is empty");
      }
      return value;
    } catch (JacksonException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof PlatformException known) {
          throw known;
        }
      }
      throw new PlatformException(code, describe(e), e);
    }
  }

  private static String describe(JacksonException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
            .collect(Collectors.joining("/"));
    String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
    String reason = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
    return line + (path.isEmpty() ? "" : path + ": ") + reason;
  }
}
