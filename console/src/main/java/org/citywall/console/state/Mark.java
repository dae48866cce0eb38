// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far something has come in the log, kept in the state database. */
public enum Mark {
  /** Highest leaf of an entry that the outbox wrote. */
  OUTBOX_APPLIED("outbox.applied_leaf"),
  /** Last leaf whose consequences for incidents are stored. */
  DETECTION_APPLIED("detection.applied_leaf"),
  /** First leaf that detection needs again after a restart. */
  DETECTION_REPLAY_FROM("detection.replay_from"),
  /** Newest destruction for which what alerts quote was erased. */
  ALERTS_ERASED("alerts.erased_for");

  private final String id;

  Mark(String id) {
    this.id = id;
  }

  /** The leaf, or empty if it was never set. */
  public OptionalLong read(JdbcClient jdbc) {
    return jdbc.sql("select leaf from mark where name = :name")
        .param("name", id)
        .query(Long.class)
        .optional()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /** Sets the leaf within the caller's transaction. */
  public void write(JdbcClient jdbc, long leaf) {
    int updated =
        jdbc.sql("update mark set leaf = :leaf where name = :name")
            .param("leaf", leaf)
            .param("name", id)
            .update();
    if (updated == 0) {
      jdbc.sql("insert into mark (name, leaf) values (:name, :leaf)")
          .param("name", id)
          .param("leaf", leaf)
          .update();
    }
  }
}
