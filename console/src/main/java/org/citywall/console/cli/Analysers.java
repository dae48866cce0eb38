// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.sql.RowFilterCheck;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What reads SQL on this machine. */
final class Analysers {

  private static final Logger LOG = LoggerFactory.getLogger(Analysers.class);

  private Analysers() {}

  /** Refuses what of a proxy's files is wrong as SQL, {@code MSK-0033}. */
  static void check(ProxyConfig config) {
    RowFilterCheck.check(Analysers::best, config.policy().catalogue());
  }

  /** PostgreSQL's own grammar where its library is installed, else ShardingSphere's. */
  static StatementAnalyser best() {
    return PostgresAnalyser.installed()
        .orElseGet(
            () -> {
              LOG.atWarn()
                  .log(
                      "libpg_query is not installed: statements are read by ShardingSphere's"
                          + " grammar, which is slower and refuses more");
              return new GrammarAnalyser();
            });
  }
}
