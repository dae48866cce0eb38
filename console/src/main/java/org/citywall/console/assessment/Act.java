// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.List;
import org.citywall.console.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Something done to a system, a round or a task, as its entry of the log tells it.
 *
 * @param action without the prefix, for example {@code item-settled}
 * @param controls items as {@code FRAMEWORK/ITEM}
 * @param leaves entries of the log that it rests on
 */
record Act(
    Actor actor,
    String action,
    SystemId system,
    @Nullable AssessmentId assessment,
    @Nullable TaskId task,
    List<String> controls,
    @Nullable String object,
    @Nullable String outcome,
    List<Long> leaves,
    String note) {

  Act {
    controls = List.copyOf(controls);
    leaves = List.copyOf(leaves);
  }

  static Act of(Actor actor, String action, SystemId system, String note) {
    return new Act(actor, action, system, null, null, List.of(), null, null, List.of(), note);
  }

  static Act of(Actor actor, String action, Assessment round, String note) {
    return new Act(
        actor, action, round.system(), round.id(), null, List.of(), null, null, List.of(), note);
  }

  Act on(List<ItemKey> keys, @Nullable String result) {
    return new Act(
        actor,
        action,
        system,
        assessment,
        task,
        keys.stream().map(ItemKey::control).distinct().toList(),
        keys.size() == 1 ? keys.getFirst().object() : null,
        result,
        leaves,
        note);
  }

  Act about(TaskId subject) {
    return new Act(
        actor, action, system, assessment, subject, controls, object, outcome, leaves, note);
  }

  Act restingOn(List<Long> entries) {
    return new Act(
        actor, action, system, assessment, task, controls, object, outcome, entries, note);
  }
}
