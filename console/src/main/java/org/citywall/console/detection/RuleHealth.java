// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.util.List;
import org.citywall.audit.ErrorCode;
import org.citywall.correlation.SigmaSet;
import org.citywall.correlation.sigma.SigmaRules;
import org.jspecify.annotations.Nullable;

/**
 * How the Sigma rules of the site were loaded.
 *
 * @param rules rules and correlations in force
 * @param floor level from which hits become alerts
 * @param rejected documents that were not taken
 * @param first the first of them with place, code and reason
 * @param lastError why the last change was not taken, or null
 */
public record RuleHealth(
    int rules,
    SigmaSet.Level floor,
    int rejected,
    List<String> first,
    @Nullable ErrorCode lastError) {

  static final RuleHealth STARTING = of(SigmaSet.NONE, List.of(), null);

  private static final int NAMED = 10;

  public RuleHealth {
    first = List.copyOf(first);
  }

  static RuleHealth of(
      SigmaSet inForce, List<SigmaRules.Remark> rejections, @Nullable ErrorCode error) {
    return new RuleHealth(
        inForce.size(),
        inForce.floor(),
        rejections.size(),
        rejections.stream()
            .limit(NAMED)
            .map(each -> each.place() + " " + each.code().id() + " " + each.reason())
            .toList(),
        error);
  }
}
