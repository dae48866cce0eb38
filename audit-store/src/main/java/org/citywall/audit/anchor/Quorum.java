// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.util.List;
import java.util.Set;

/** Which witnesses together are enough (C2SP tlog-policy). */
public sealed interface Quorum {

  /** Whether these witnesses are enough. */
  boolean isMetBy(Set<WitnessKey> cosigned);

  /** No witness is needed. */
  record None() implements Quorum {
    @Override
    public boolean isMetBy(Set<WitnessKey> cosigned) {
      return true;
    }
  }

  /** This witness is needed. */
  record One(WitnessKey witness) implements Quorum {
    @Override
    public boolean isMetBy(Set<WitnessKey> cosigned) {
      return cosigned.contains(witness);
    }
  }

  /**
   * Some of these are needed.
   *
   * @param threshold how many, 1 to the number of members
   */
  record Group(int threshold, List<Quorum> members) implements Quorum {

    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new IllegalArgumentException("threshold " + threshold + " of " + members.size());
      }
    }

    @Override
    public boolean isMetBy(Set<WitnessKey> cosigned) {
      return members.stream().filter(member -> member.isMetBy(cosigned)).count() >= threshold;
    }
  }
}
