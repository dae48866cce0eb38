// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.citywall.correlation.ledger.Dimension;
import org.citywall.correlation.ledger.ExposureQuestion;
import org.jspecify.annotations.Nullable;

/**
 * A question to the exposure ledger, exactly as the address says it.
 *
 * @param by name of a dimension in lower case
 * @param days how many days up to today
 * @param only {@code DIMENSION=VALUE}, or empty
 */
public record ExposureForm(@Nullable String by, @Nullable Integer days, @Nullable String only) {

  static final List<Integer> SPANS = List.of(1, 7, 30, 90);

  /** Days that count; one of {@link #SPANS}. */
  public int getChosen() {
    return days != null && SPANS.contains(days) ? days : 30;
  }

  /** What lines are told apart by. */
  public Dimension getDimension() {
    return named(by).orElse(Dimension.OPERATOR);
  }

  /** What it is narrowed to, empty for everything. */
  public Optional<Map.Entry<Dimension, String>> getNarrowed() {
    int sign = only == null ? -1 : only.indexOf('=');
    if (only == null || sign < 0) {
      return Optional.empty();
    }
    String value = only.substring(sign + 1);
    return named(only.substring(0, sign)).map(dimension -> Map.entry(dimension, value));
  }

  ExposureQuestion question(Clock clock) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), clock.getZone());
    Map<Dimension, String> narrowed = new EnumMap<>(Dimension.class);
    getNarrowed().ifPresent(one -> narrowed.put(one.getKey(), one.getValue()));
    return new ExposureQuestion(today.minusDays(getChosen() - 1L), today, getDimension(), narrowed);
  }

  /** Address of the same by another dimension. */
  public String by(Dimension dimension) {
    return address("/exposure", name(dimension), getChosen(), only);
  }

  /** Address of the same over so many days. */
  public String over(int span) {
    return address("/exposure", name(getDimension()), span, only);
  }

  /** Address of the tables of one line; of the operators of a table. */
  public String inside(String value) {
    Dimension inner = getDimension() == Dimension.OPERATOR ? Dimension.TABLE : Dimension.OPERATOR;
    return address("/exposure", name(inner), getChosen(), name(getDimension()) + '=' + value);
  }

  /** Address of everything again. */
  public String getWhole() {
    return address("/exposure", name(getDimension()), getChosen(), null);
  }

  /** Address of the export in a form. */
  public String export(String extension) {
    return address("/exposure." + extension, name(getDimension()), getChosen(), only);
  }

  private static String address(String path, String by, int days, @Nullable String only) {
    String address = path + "?by=" + by + "&days=" + days;
    return only == null || only.isBlank()
        ? address
        : address + "&only=" + URLEncoder.encode(only, StandardCharsets.UTF_8);
  }

  static String name(Dimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Dimension> named(@Nullable String name) {
    for (Dimension dimension : Dimension.values()) {
      if (name(dimension).equals(name)) {
        return Optional.of(dimension);
      }
    }
    return Optional.empty();
  }
}
