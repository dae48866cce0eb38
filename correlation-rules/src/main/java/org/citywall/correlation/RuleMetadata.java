// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.correlation.Context.TicketKind;
import org.jspecify.annotations.Nullable;

/**
 * What a rule file says about itself in the YAML beside it. A fact in every rule session, so that
 * thresholds are data.
 *
 * @param scenario number of the scenario of the public-data pack that the rule is about
 *     (docs/operate/public-data), 0 where it is about none
 * @param version rises with every change that can change an alert; part of alert ids
 * @param quiet an alert closes when nothing was added for so long; a restart reads back at least as
 *     far while one is open
 * @param variants the forms in which the rule fires, with their severities
 * @param clauses requirement ids that a finding breaches
 * @param techniques ATT&amp;CK technique ids
 * @param incident how GB/T 20986-2023 calls what the rule finds; null where nobody said
 * @param excusedBy kinds of approval under which the rule is silent
 * @param parameters thresholds: numbers, or durations in ISO 8601
 */
public record RuleMetadata(
    String id,
    int scenario,
    int version,
    Duration quiet,
    Map<String, Severity> variants,
    List<String> clauses,
    List<String> techniques,
    @Nullable IncidentClass incident,
    @Nullable Set<TicketKind> excusedBy,
    Map<String, Threshold> parameters) {

  public RuleMetadata {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(quiet, "quiet is missing");
    variants = Map.copyOf(Objects.requireNonNull(variants, "variants are missing"));
    clauses = List.copyOf(Objects.requireNonNull(clauses, "clauses are missing"));
    techniques = List.copyOf(Objects.requireNonNull(techniques, "techniques are missing"));
    excusedBy = excusedBy == null ? Set.of() : Set.copyOf(excusedBy);
    parameters = Map.copyOf(Objects.requireNonNull(parameters, "parameters are missing"));
    if (scenario < 0) {
      throw new IllegalArgumentException("scenario must not be negative");
    }
    if (version < 1 || variants.isEmpty() || !quiet.isPositive()) {
      throw new IllegalArgumentException("version from 1, a variant and a positive quiet needed");
    }
    if (quiet.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("quiet must not exceed a day");
    }
  }

  /** The same with these thresholds instead of its own; {@code COR-0090} where one does not fit. */
  RuleMetadata with(Map<String, String> values) {
    Map<String, Threshold> changed = new HashMap<>(parameters);
    values.forEach(
        (name, value) -> {
          Threshold own = parameters.get(name);
          if (own == null || !own.takes(value)) {
            throw new PlatformException(
                CorrelationErrorCode.THRESHOLDS_INVALID,
                own == null
                    ? id + " has no threshold " + name
                    : id + ": " + name + " cannot be " + value + ", it is " + own.value());
          }
          changed.put(name, new Threshold(value, own.unit(), own.meaning(), own.confirmed()));
        });
    return new RuleMetadata(
        id, scenario, version, quiet, variants, clauses, techniques, incident, excusedBy, changed);
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

  /** The threshold of this name as it is written, or {@code COR-0002}. */
  public String text(String name) {
    return parameter(name);
  }

  /** Whether an approval of this kind keeps the rule silent. */
  public boolean excusedBy(TicketKind kind) {
    return excusedBy != null && excusedBy.contains(kind);
  }

  private String parameter(String name) {
    Threshold threshold = parameters.get(name);
    if (threshold == null) {
      throw new PlatformException(
          CorrelationErrorCode.RULE_METADATA_INVALID, id + " has no parameter " + name);
    }
    return threshold.value();
  }

  private PlatformException wrong(String name, String wanted, String value) {
    return new PlatformException(
        CorrelationErrorCode.RULE_METADATA_INVALID,
        id + ": parameter " + name + " must be " + wanted + ", not " + value);
  }
}
