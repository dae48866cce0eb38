// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/** Reads facts out of statements. Safe for use by several threads. */
public interface StatementAnalyser {

  /** Limits that a statement has to keep before this analyser may see it. */
  StatementLimits limits();

  /**
   * The facts of each statement of a text, in order; none for comments alone.
   *
   * @param sql a text within the limits
   * @throws StatementRefused for what is no statement, or one whose facts cannot all be told
   */
  List<StatementFacts> analyse(String sql);
}
