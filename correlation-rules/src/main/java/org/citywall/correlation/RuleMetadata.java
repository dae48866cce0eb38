// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citywall.audit.PlatformException;

/**
 * What a rule file says about itself in the YAML beside it. A fact in every rule session, so that
 * thresholds are data.
 *
 * @param version rises with every change that can change an alert; part of alert ids
 * @param quiet an alert closes when nothing was added for so long; a restart reads back at least as
 *     far while one is open
 * @param variants the forms in which the rule fires, with their severities
 * @param clauses requirement ids that a finding breaches
 * @param techniques ATT&amp;CK technique ids
 * @param parameters thresholds: numbers, or durations in ISO 8601
 */
public record RuleMetadata(
    String id,
    int version,
    Duration quiet,
    Map<String, Severity> variants,
    List<String> clauses,
    List<String> techniques,
    Map<String, String> parameters) {

  public RuleMetadata {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(quiet, "quiet is missing");
    variants = Map.copyOf(Objects.requireNonNull(variants, "variants are missing"));
    clauses = List.copyOf(Objects.requireNonNull(clauses, "clauses are missing"));
    techniques = List.copyOf(Objects.requireNonNull(techniques, "techniques are missing"));
    parameters = Map.copyOf(Objects.requireNonNull(parameters, "parameters are missing"));
    if (version < 1 || variants.isEmpty() || !quiet.isPositive()) {
      throw new IllegalArgumentException("version from 1, a variant and a positive quiet needed");
    }
    if (quiet.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("quiet must not exceed a day");
    }
  }

  /** The threshold of this name as a number, or {@code COR-0002}. */
  public long number(String name) {
    String value = parameter(name);
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", value);
    }
  }

  /** The threshold of this name as a duration, or {@code COR-0002}. */
  public Duration duration(String name) {
    String value = parameter(name);
    try {
      return Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw wrong(name, "a duration such as PT5M", value);
    }
  }

  Severity severity(String variant) {
    Severity severity = variants.get(variant);
    if (severity == null) {
      throw new PlatformException(
          CorrelationErrorCode.RULE_METADATA_INVALID, id + " has no variant " + variant);
    }
    return severity;
  }

  private String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new PlatformException(
          CorrelationErrorCode.RULE_METADATA_INVALID, id + " has no parameter " + name);
    }
    return value;
  }

  private PlatformException wrong(String name, String wanted, String value) {
    return new PlatformException(
        CorrelationErrorCode.RULE_METADATA_INVALID,
        id + ": parameter " + name + " must be " + wanted + ", not " + value);
  }
}
