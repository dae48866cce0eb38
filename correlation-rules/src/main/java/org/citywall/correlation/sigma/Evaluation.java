// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event under test: its values by slot, and what tests that rules share have answered. */
final class Evaluation {

  final @Nullable FieldValue[] values;
  final RegexSteps steps = new RegexSteps();
  private final int[] ranks;
  private final int[] answered;
  private final boolean[] answers;
  private @Nullable SigmaEvent event;
  private int number;

  Evaluation(int slots, int tests) {
    values = new FieldValue[slots];
    ranks = new int[slots];
    answered = new int[tests];
    answers = new boolean[tests];
  }

  void begin(SigmaEvent event, FieldSlots slots) {
    slots.fill(event, values, ranks);
    this.event = event;
    number++;
  }

  /** Values of all fields. */
  Collection<FieldValue> all() {
    return event == null ? List.of() : event.fields().values();
  }

  boolean isAnswered(int test) {
    return answered[test] == number;
  }

  boolean answer(int test) {
    return answers[test];
  }

  boolean answer(int test, boolean passed) {
    answered[test] = number;
    answers[test] = passed;
    return passed;
  }
}
