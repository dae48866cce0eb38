// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;

/**
 * What is ordinary in a city.
 *
 * @param staff weights of the 24 hours of a working day
 * @param outsourced the same of outsourced staff, within its roster
 * @param clerk statements of a clerk on a working day, at full scale
 * @param analyst of an analyst
 * @param engineer of an outsourced engineer
 * @param lookUps share of a clerk's statements that read one row
 * @param pages share that page; the others change one row
 * @param typed share of look-ups that are typed into a search field
 * @param machines how many of a hundred events of machines are citizens' look-ups, calls of
 *     interfaces, cron jobs and attempts from outside
 * @param analysts what analysts work with
 * @param engineers what engineers work with
 * @param earlier hours by which what is staged may begin earlier than usual
 * @param later hours by which it may begin later
 */
record Habits(
    List<Integer> staff,
    List<Integer> outsourced,
    double clerk,
    double analyst,
    double engineer,
    double lookUps,
    double pages,
    double typed,
    List<Integer> machines,
    String analysts,
    String engineers,
    int earlier,
    int later) {

  private static final Habits USUAL =
      new Habits(
          List.of(0, 0, 0, 0, 0, 0, 0, 0, 4, 14, 16, 11, 3, 7, 14, 15, 12, 4, 0, 0, 0, 0, 0, 0),
          List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 16, 13, 4, 9, 15, 16, 15, 0, 0, 0, 0, 0, 0, 0),
          60,
          24,
          30,
          0.7,
          0.15,
          0.03,
          List.of(50, 25, 20, 5),
          "DBeaver",
          "psql",
          0,
          0);

  private static final Habits HELD_OUT =
      new Habits(
          List.of(0, 0, 0, 0, 0, 0, 0, 2, 9, 13, 12, 9, 6, 6, 11, 13, 12, 8, 4, 2, 0, 0, 0, 0),
          List.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 12, 15, 8, 11, 15, 16, 10, 0, 0, 0, 0, 0, 0, 0),
          45,
          36,
          22,
          0.6,
          0.22,
          0.05,
          List.of(38, 30, 24, 8),
          "Navicat Premium 17",
          "pgAdmin 4",
          3,
          2);

  static Habits of(ParameterRange range) {
    return switch (range) {
      case USUAL -> USUAL;
      case HELD_OUT -> HELD_OUT;
    };
  }
}
