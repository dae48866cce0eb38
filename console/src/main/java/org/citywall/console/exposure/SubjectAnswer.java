// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.time.Instant;
import java.util.List;

/**
 * What the log says about accesses to data about one person.
 *
 * @param accesses newest first, those that are certain and the newest of those that may be
 * @param inquiries look-ups like this one, newest first, without this one
 * @param complete false where there were more than are listed
 * @param asOfLeaf entries below it were searched
 * @param logSize entries that the log had
 */
public record SubjectAnswer(
    List<SubjectAccess> accesses,
    List<Inquiry> inquiries,
    boolean complete,
    long asOfLeaf,
    long logSize) {

  /** Somebody asked who looked. */
  public record Inquiry(long leaf, Instant at, String who, String reason) {}

  public SubjectAnswer {
    accesses = List.copyOf(accesses);
    inquiries = List.copyOf(inquiries);
  }

  /** Accesses that are certainly about the person. */
  public long certain() {
    return accesses.stream().filter(SubjectAccess::certain).count();
  }

  /** Accesses to so many persons that it cannot be told whether this one was among them. */
  public long possible() {
    return accesses.size() - certain();
  }
}
