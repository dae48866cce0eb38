// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Number of an incident as people say it: {@code INC-20261122-0001}, by the day it was raised on
 * and counted within that day. It is what entries of the log carry as {@code gov.incident.id}.
 */
public record IncidentId(String number) {

  private static final Pattern FORM = Pattern.compile("INC-[0-9]{8}-[0-9]{4,9}");
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  public IncidentId {
    if (!FORM.matcher(number).matches()) {
      throw new IllegalArgumentException("not an incident number");
    }
  }

  /** The n-th incident of a day, n from 1. */
  static IncidentId of(LocalDate day, int n) {
    return new IncidentId(String.format(Locale.ROOT, "INC-%s-%04d", DAY.format(day), n));
  }

  @Override
  public String toString() {
    return number;
  }
}
