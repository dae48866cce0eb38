// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The files of a host. Paths are absolute, as the host sees them; links are followed within the
 * host. Nothing is changed.
 */
public interface Host {

  /** Largest file that is read. */
  int MOST_BYTES = 8 * 1024 * 1024;

  /** Where the packages of a host with RPM are listed, as {@code rpm -qa} prints them. */
  String RPM_LIST = "/var/lib/citywall/rpm-qa.txt";

  /** What a file is, or empty where there is none. */
  Optional<FileState> stat(String path) throws Uncollectable;

  /** The text of a regular file, or empty where there is none. */
  Optional<String> read(String path) throws Uncollectable;

  /** The names in a folder in order; none where there is no such folder. */
  List<String> list(String path) throws Uncollectable;

  /** The day that passwords and accounts are old by, in UTC. */
  LocalDate today();

  /** Whether the system runs, so that {@code /proc} speaks of it. */
  boolean live();

  /** The time that its files speak of; empty where they are read now. */
  default Optional<Instant> asOf() {
    return Optional.empty();
  }

  /** Lets go of what was held to read from it; it can be read again. */
  default void release() {}
}
