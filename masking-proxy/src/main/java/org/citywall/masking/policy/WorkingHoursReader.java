// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/** Reads times of the week: {@code {days: [monday], from: "08:30", to: "17:30", zone: Z}}. */
public final class WorkingHoursReader {

  private WorkingHoursReader() {}

  /** The times of a value, or {@code MSK-0084}. Without days it is every day. */
  public static WorkingHours read(YamlValue value) {
    YamlMapping hours = value.mapping("days", "from", "to", "zone");
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    hours
        .find("days")
        .ifPresentOrElse(
            list -> list.list().forEach(day -> days.add(day.choice(DayOfWeek.class))),
            () -> days.addAll(EnumSet.allOf(DayOfWeek.class)));
    return new WorkingHours(
        days, time(hours.require("from")), time(hours.require("to")), zone(hours.require("zone")));
  }

  private static LocalTime time(YamlValue value) {
    try {
      return LocalTime.parse(value.text());
    } catch (DateTimeException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, "is a time of the day as in \"08:30\"");
    }
  }

  private static ZoneId zone(YamlValue value) {
    try {
      return ZoneId.of(value.text());
    } catch (DateTimeException e) {
      throw value.mistake(MaskingErrorCode.VALUE_INVALID, "is a time zone as in Asia/Shanghai");
    }
  }
}
