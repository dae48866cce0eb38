// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers whom the rows of one access are about, in memory that does not grow with them. Not safe
 * for use by several threads.
 */
public final class SubjectTally {

  private final SubjectKey key;
  private final SubjectSketch set = new SubjectSketch();
  private long @Nullable [] first;
  private long rows;

  public SubjectTally(SubjectKey key) {
    this.key = key;
  }

  /**
   * A person whom the access is about.
   *
   * @param identifier in its one writing
   */
  public void person(String identifier) {
    hash(key.hash(identifier));
  }

  /** The same of a hash that this key made. */
  public void hash(long hash) {
    long[] before = set.isExact() && set.size() == SubjectSketch.MOST_EXACT ? set.hashes() : null;
    set.add(hash);
    if (before != null && !set.isExact()) {
      first = before;
    }
  }

  /** So many more rows are about persons that were said. */
  public void rows(long more) {
    rows += more;
  }

  /** What was gathered; no persons where there were none. */
  public Subjects gathered() {
    long[] listed = first;
    if (listed == null) {
      return Subjects.exact(key.name(), rows, set);
    }
    List<Long> hashes = Arrays.stream(listed).boxed().toList();
    return new Subjects(key.name(), rows, hashes, set.copy());
  }
}
