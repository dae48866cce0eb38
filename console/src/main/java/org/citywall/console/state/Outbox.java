// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.SourcePosition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries of committed changes on their way to the log, in order. */
final class Outbox {

  static final String SOURCE = "citywall/console";

  /**
   * An entry that waits.
   *
   * @param fromLeaf size of the log when the change was made: the entry stands there or later
   */
  record Waiting(long fromLeaf, Event event) {}

  /** The next free position; reading it locks out all other changes until the transaction ends. */
  record Head(long epoch, long nextSequence) {

    SourcePosition position() {
      return new SourcePosition(SOURCE, epoch, nextSequence);
    }

    Head next() {
      return new Head(epoch, nextSequence + 1);
    }
  }

  private Outbox() {}

  static Head lock(JdbcClient jdbc) {
    return jdbc.sql("select epoch, next_sequence from outbox_head where id = 1 for update")
        .query((row, n) -> new Head(row.getLong(1), row.getLong(2)))
        .single();
  }

  static void store(JdbcClient jdbc, Head head) {
    jdbc.sql("update outbox_head set epoch = :epoch, next_sequence = :next where id = 1")
        .param("epoch", head.epoch())
        .param("next", head.nextSequence())
        .update();
  }

  static void add(JdbcClient jdbc, Waiting waiting) {
    SourcePosition position = waiting.event().position();
    jdbc.sql(
            """
            insert into outbox (epoch, sequence, from_leaf, payload)
            values (:epoch, :sequence, :from, :payload)
            """)
        .param("epoch", position.epoch())
        .param("sequence", position.sequence())
        .param("from", waiting.fromLeaf())
        .param("payload", waiting.event().encode())
        .update();
  }

  static List<Waiting> first(JdbcClient jdbc, int max) {
    return jdbc.sql("select from_leaf, payload from outbox order by epoch, sequence limit :max")
        .param("max", max)
        .query((row, n) -> new Waiting(row.getLong(1), Event.decode(row.getBytes(2))))
        .list();
  }

  static long count(JdbcClient jdbc) {
    return jdbc.sql("select count(*) from outbox").query(Long.class).single();
  }

  static void removeUpTo(JdbcClient jdbc, SourcePosition last) {
    jdbc.sql(
            """
            delete from outbox
            where epoch < :epoch or (epoch = :epoch and sequence <= :sequence)
            """)
        .param("epoch", last.epoch())
        .param("sequence", last.sequence())
        .update();
  }
}
