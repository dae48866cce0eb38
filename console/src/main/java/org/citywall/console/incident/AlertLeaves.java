// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import org.citywall.correlation.AlertId;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The entries behind alerts, the first {@link #MAX} of each. */
final class AlertLeaves {

  /** A flood must not fill the database; the alert counts what is not listed. */
  static final int MAX = 20_000;

  private AlertLeaves() {}

  static void add(JdbcClient jdbc, AlertId alert, List<Long> leaves) {
    long stored =
        jdbc.sql("select count(*) from alert_leaf where alert = :alert")
            .param("alert", alert.value())
            .query(Long.class)
            .single();
    List<Long> fitting = leaves.subList(0, Math.clamp(MAX - stored, 0, leaves.size()));
    for (Long leaf : fitting) {
      jdbc.sql("insert into alert_leaf (alert, leaf) values (:alert, :leaf)")
          .param("alert", alert.value())
          .param("leaf", leaf)
          .update();
    }
  }

  static List<Long> of(JdbcClient jdbc, AlertId alert) {
    return jdbc.sql("select leaf from alert_leaf where alert = :alert order by leaf")
        .param("alert", alert.value())
        .query(Long.class)
        .list();
  }

  static List<Long> of(JdbcClient jdbc, long incident, long after, int limit) {
    return jdbc.sql(
            """
            select distinct l.leaf from alert_leaf l join alert a on a.id = l.alert
            where a.incident = :incident and l.leaf > :after
            order by l.leaf limit :limit
            """)
        .param("incident", incident)
        .param("after", after)
        .param("limit", limit)
        .query(Long.class)
        .list();
  }
}
