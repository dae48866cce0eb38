// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.check.CheckResult;
import org.citywall.console.Actor;
import org.citywall.console.assessment.Assessment;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.CheckFeed.Fed;
import org.citywall.console.assessment.SystemId;

/** Takes a run to the open rounds of the systems that its targets belong to. */
public final class RoundFeed {

  private final Assessments assessments;
  private final CheckFeed feed;

  public RoundFeed(Assessments assessments, CheckFeed feed) {
    this.assessments = assessments;
    this.feed = feed;
  }

  /**
   * Feeds each round what is of its system; says what came of it, and goes on where one refuses.
   */
  String feed(Actor actor, CheckRunId run, List<ListedTarget> targets, List<CheckResult> results) {
    Set<SystemId> systems = new TreeSet<>(Comparator.comparingLong(SystemId::ordinal));
    targets.forEach(target -> systems.addAll(target.systems()));
    StringBuilder said = new StringBuilder();
    for (SystemId system : systems) {
      Set<String> names =
          targets.stream()
              .filter(target -> target.systems().contains(system))
              .map(target -> target.target().name())
              .collect(Collectors.toSet());
      List<CheckResult> own =
          results.stream().filter(result -> names.contains(result.target())).toList();
      assessments.ofSystem(system).stream()
          .filter(Assessment::open)
          .forEach(round -> said.append("; ").append(fed(actor, run, round, own)));
    }
    return said.toString();
  }

  private String fed(Actor actor, CheckRunId run, Assessment round, List<CheckResult> own) {
    try {
      Fed fed = feed.feed(actor, round.id(), own, run.toString());
      return round.id() + ": taken " + fed.taken() + ", kept " + fed.kept();
    } catch (PlatformException e) {
      return round.id() + ": " + e.code().id();
    }
  }
}
