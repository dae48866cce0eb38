// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;
import java.util.Optional;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.subject.Subjects;

/**
 * Whom the city's accesses are about: residents of the demo database, neighbours in it where there
 * are several. Night batches report no persons, as a copy of a whole table does.
 */
final class DemoSubjects {

  private static final String RESIDENT = "id_card";

  private final SubjectKey key;
  private final long[] hashes;

  /**
   * @param key under which the city's database audit hands persons in
   */
  DemoSubjects(SubjectKey key, List<String> residents) {
    this.key = key;
    this.hashes = residents.stream().mapToLong(key::hash).toArray();
  }

  Optional<Subjects> of(DbAccess access) {
    boolean told =
        RESIDENT.equals(access.dataSet().subjectColumn())
            && !access.statement().columns().equals(List.of("district"))
            && access.person().duty() != Duty.BATCH;
    if (!told) {
      return Optional.empty();
    }
    SubjectTally tally = new SubjectTally(key);
    long many = Math.min(access.rows(), hashes.length);
    long first = Math.floorMod(access.at() * 0x9E3779B97F4A7C15L >>> 20, (long) hashes.length);
    for (long i = 0; i < many; i++) {
      tally.hash(hashes[(int) ((first + i) % hashes.length)]);
    }
    tally.rows(access.rows());
    return Optional.of(tally.gathered());
  }
}
