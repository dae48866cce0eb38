// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citywall.compliance.score.RiskGrade;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * When things of level protection are due.
 *
 * @param version name of this set of periods
 * @param filingDays from grading to filing, of level two and above
 * @param certificateYears how long a filing certificate is valid
 * @param certificatesFrom day from which older certificates count
 * @param renewalMonths how long before its end a certificate is applied for again
 * @param assessmentMonths from one assessment to the next, by level; a level without any is absent
 * @param rectificationDays from a finding to its end, by grade
 * @param toBeConfirmed what was not compared with the official text
 */
public record LegalCalendar(
    String version,
    int filingDays,
    int certificateYears,
    LocalDate certificatesFrom,
    int renewalMonths,
    Map<Integer, Integer> assessmentMonths,
    Map<RiskGrade, Integer> rectificationDays,
    List<String> toBeConfirmed) {

  public LegalCalendar {
    assessmentMonths = Map.copyOf(assessmentMonths);
    rectificationDays = Map.copyOf(rectificationDays);
    toBeConfirmed = List.copyOf(toBeConfirmed);
  }

  /** The periods that ship with this release. */
  public static LegalCalendar builtIn() {
    try (InputStream in = LegalCalendar.class.getResourceAsStream("calendar.yaml")) {
      return YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readValue(Objects.requireNonNull(in).readAllBytes(), LegalCalendar.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Last day for filing a system graded on this day; empty where nothing is filed. */
  public Optional<LocalDate> filingDue(int level, LocalDate graded) {
    return level < 2 ? Optional.empty() : Optional.of(graded.plusDays(filingDays));
  }

  /** Last day of a certificate. */
  public LocalDate certificateEnds(LocalDate filed) {
    LocalDate from = filed.isBefore(certificatesFrom) ? certificatesFrom : filed;
    return from.plusYears(certificateYears);
  }

  /** First day on which a certificate that ends on this day can be applied for again. */
  public LocalDate renewalBegins(LocalDate ends) {
    return ends.minusMonths(renewalMonths);
  }

  /** Last day for the next assessment after this one; empty where the level has no period. */
  public Optional<LocalDate> assessmentDue(int level, LocalDate last) {
    return Optional.ofNullable(assessmentMonths.get(level)).map(last::plusMonths);
  }

  /** Last day for mending what was found on this day. */
  public LocalDate rectificationDue(RiskGrade grade, LocalDate found) {
    return found.plusDays(Objects.requireNonNull(rectificationDays.get(grade)));
  }
}
