// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import org.citywall.audit.subject.SubjectSketch;
import org.citywall.audit.subject.Subjects;

/** Accesses of one day and place, counted. Not safe for use by several threads. */
final class Cell {

  long statements;
  long unfinished;
  long rows;
  long changed;
  long known;
  long claimed;
  long lastLeaf = -1;
  final SubjectSketch persons;

  Cell() {
    this(new SubjectSketch());
  }

  private Cell(SubjectSketch persons) {
    this.persons = persons;
  }

  /**
   * @param numbers as {@link #numbers} gives them
   */
  Cell(SubjectSketch persons, long[] numbers) {
    this(persons);
    statements = numbers[0];
    unfinished = numbers[1];
    rows = numbers[2];
    changed = numbers[3];
    known = numbers[4];
    claimed = numbers[5];
    lastLeaf = numbers[6];
  }

  long[] numbers() {
    return new long[] {statements, unfinished, rows, changed, known, claimed, lastLeaf};
  }

  /** Adds what another one counted but persons. */
  void addNumbers(Cell other) {
    statements += other.statements;
    unfinished += other.unfinished;
    rows += other.rows;
    changed += other.changed;
    known += other.known;
    claimed += other.claimed;
    lastLeaf = Math.max(lastLeaf, other.lastLeaf);
  }

  void add(Access access) {
    statements += access.statements();
    unfinished += access.unfinished();
    rows += access.rows();
    changed += access.changed();
    claimed += access.claimed();
    lastLeaf = Math.max(lastLeaf, access.leaf());
    Subjects subjects = access.subjects();
    if (subjects != null) {
      known += Math.min(subjects.rows(), access.rows() + access.changed());
      subjects.addTo(persons);
    }
  }
}
