// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.time.Instant;
import java.util.Set;
import org.citywall.masking.catalogue.PersonType;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind a session.
 *
 * @param name that they log in by
 * @param clearance highest level that they may see; 0 for none
 * @param department code of their unit; null where that is open
 * @param type null where that is open
 * @param purposes for which they may use data
 * @param validUntil when their right to use data ends, such as a vendor's contract; null where no
 *     end is set
 * @param hours at which they may use data; null for any time
 */
public record Person(
    String name,
    int clearance,
    @Nullable String department,
    @Nullable PersonType type,
    Set<String> purposes,
    @Nullable Instant validUntil,
    @Nullable WorkingHours hours) {

  public Person {
    if (name.isBlank() || clearance < 0) {
      throw new IllegalArgumentException("a person has a name and a clearance from 0");
    }
    purposes = Set.copyOf(purposes);
  }

  /** At any time. */
  public Person(
      String name,
      int clearance,
      @Nullable String department,
      @Nullable PersonType type,
      Set<String> purposes,
      @Nullable Instant validUntil) {
    this(name, clearance, department, type, purposes, validUntil, null);
  }

  /** The same person with another clearance; without any they have no purposes either. */
  public Person withClearance(int other) {
    return new Person(
        name, other, department, type, other == 0 ? Set.of() : purposes, validUntil, hours);
  }

  /** Whether their right to use data has not ended yet. */
  public boolean validAt(Instant now) {
    return validUntil == null || now.isBefore(validUntil);
  }
}
