// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.util.Set;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.collect.Target;
import org.citywall.console.assessment.SystemId;

/**
 * A target as a file lists it.
 *
 * @param systems graded systems that it is part of; their open rounds take its results
 * @param profile beginning of the ids of the checks that it is asked for; empty for all
 */
public record ListedTarget(Target target, Set<SystemId> systems, String profile) {

  public ListedTarget {
    systems = Set.copyOf(systems);
  }

  /** Whether it is asked for this check. */
  public boolean wants(Check check) {
    return isOf(profile, check.id());
  }

  /** Whether the id of a check belongs to a profile, such as {@code linux.sshd}. */
  public static boolean isOf(String profile, String id) {
    return profile.isEmpty() || id.equals(profile) || id.startsWith(profile + ".");
  }
}
