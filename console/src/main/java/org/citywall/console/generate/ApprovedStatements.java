// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.masking.catalogue.DataSet;

/** Statements that applications repeat for good reason; their digests are part of the context. */
final class ApprovedStatements {

  private ApprovedStatements() {}

  /** Reads a table row by row, as a program that copies it does. */
  static Sql copyOf(DataSet set) {
    return Sql.of(
        "SELECT",
        "SELECT * FROM " + set.qualifiedTable() + " WHERE id = $1 FOR SHARE",
        List.of("id", Sql.subject(set)));
  }

  /** Corrects a column by a rule that was agreed on. */
  static Sql repairOf(DataSet set) {
    return Sql.of(
        "UPDATE",
        "UPDATE " + set.qualifiedTable() + " SET amount = $1 WHERE id = $2 AND repair = $3",
        List.of("amount"));
  }

  /** A part of a job that several accounts share. */
  static Sql shardOf(DataSet set) {
    return Sql.of(
        "COPY",
        "COPY (SELECT * FROM " + set.qualifiedTable() + " WHERE id % 4 = $1) TO STDOUT",
        List.of("id", Sql.subject(set)));
  }

  static Sql portalOf(DataSet set) {
    return Sql.of(
        "SELECT",
        "SELECT status FROM " + set.qualifiedTable() + " WHERE " + Sql.subject(set) + " = $1",
        List.of("status"));
  }

  static Set<String> digests(City city) {
    Set<String> digests = new TreeSet<>();
    for (DataSet set : city.personal(1)) {
      digests.add(copyOf(set).hash());
      digests.add(repairOf(set).hash());
      digests.add(shardOf(set).hash());
      digests.add(portalOf(set).hash());
      digests.add(Sql.typeAhead(set).hash());
    }
    return digests;
  }
}
