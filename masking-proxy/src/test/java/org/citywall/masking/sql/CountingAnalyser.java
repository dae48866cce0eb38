// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.facts.StatementFacts;
import org.citywall.masking.sql.facts.StatementLimits;

/** Counts the statements that another analyser reads. */
final class CountingAnalyser implements StatementAnalyser {

  private final StatementAnalyser analyser;
  private final AtomicInteger count = new AtomicInteger();

  CountingAnalyser(StatementAnalyser analyser) {
    this.analyser = analyser;
  }

  /** Texts that were read so far. */
  int count() {
    return count.get();
  }

  @Override
  public StatementLimits limits() {
    return analyser.limits();
  }

  @Override
  public List<StatementFacts> analyse(String sql) {
    count.incrementAndGet();
    return analyser.analyse(sql);
  }
}
