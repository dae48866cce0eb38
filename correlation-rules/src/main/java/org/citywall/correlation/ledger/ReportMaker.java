// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.audit.subject.SubjectSketch;

/** Adds cells up to lines. */
final class ReportMaker {

  private static final int LEVELS = 5;

  private static final Comparator<ExposureLine> MOST_FIRST =
      Comparator.comparingLong((ExposureLine line) -> line.rows() + line.changed())
          .reversed()
          .thenComparing(ExposureLine::value);

  private final ExposureQuestion question;
  private final Map<String, Sum> sums = new HashMap<>();
  private final Sum total;

  ReportMaker(ExposureQuestion question) {
    this.question = question;
    this.total = new Sum(question);
  }

  private static final class Sum {
    private final long[] byLevel = new long[LEVELS];
    private final long[] byDay;
    private final int firstDay;
    private final Map<String, SubjectSketch> persons = new TreeMap<>();
    private final Cell all = new Cell();

    Sum(ExposureQuestion question) {
      firstDay = question.firstDay();
      byDay = new long[question.lastDay() - firstDay + 1];
    }

    void add(int day, Place place, Cell cell) {
      byLevel[place.level()] += cell.rows;
      byDay[day - firstDay] += cell.rows;
      all.addNumbers(cell);
      if (!cell.persons.isEmpty()) {
        persons.computeIfAbsent(place.key(), key -> new SubjectSketch()).merge(cell.persons);
      }
    }

    ExposureLine line(String value) {
      return new ExposureLine(
          value,
          all.statements,
          all.unfinished,
          all.rows,
          all.changed,
          list(byLevel),
          all.known,
          persons.values().stream().mapToLong(SubjectSketch::size).sum(),
          persons.values().stream().allMatch(SubjectSketch::isExact),
          persons.size(),
          all.claimed,
          list(byDay),
          all.lastLeaf);
    }

    private static List<Long> list(long[] numbers) {
      return Arrays.stream(numbers).boxed().toList();
    }
  }

  void add(int day, Place place, Cell cell) {
    if (question.isAbout(place)) {
      sums.computeIfAbsent(place.of(question.by()), value -> new Sum(question))
          .add(day, place, cell);
      total.add(day, place, cell);
    }
  }

  ExposureReport report(long asOfLeaf, long tooOld, long folded) {
    List<ExposureLine> lines =
        sums.entrySet().stream()
            .map(sum -> sum.getValue().line(sum.getKey()))
            .sorted(MOST_FIRST)
            .toList();
    return new ExposureReport(question, lines, total.line(""), asOfLeaf, tooOld, folded);
  }
}
