// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which clauses of laws and standards were compared with their published text. A clause that is not
 * listed counts as unconfirmed.
 *
 * @param version rises with every change of the list
 */
record Clauses(int version, List<Clause> clauses) {

  static final Clauses BUILT_IN =
      YamlReader.read(
          "clauses.yaml",
          RulePack.text("clauses.yaml"),
          Clauses.class,
          CorrelationErrorCode.RULE_METADATA_INVALID);

  /**
   * A clause.
   *
   * @param id as rules name it: {@code L3-CES1-02} an item of GB/T 22239-2019, {@code DSL-40} an
   *     article of the Data Security Law
   * @param source where number and wording come from
   */
  record Clause(String id, boolean confirmed, String source) {

    Clause {
      Objects.requireNonNull(id, "id is missing");
      Objects.requireNonNull(source, "source is missing");
    }
  }

  Clauses {
    clauses = List.copyOf(clauses);
  }

  boolean confirmed(String id) {
    return clauses.stream().anyMatch(clause -> clause.id().equals(id) && clause.confirmed());
  }

  Set<String> ids() {
    return clauses.stream().map(Clause::id).collect(Collectors.toSet());
  }
}
