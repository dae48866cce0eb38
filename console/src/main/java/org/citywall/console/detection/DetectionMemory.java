// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import org.citywall.console.state.Mark;
import org.citywall.correlation.LastingState;
import org.citywall.correlation.ResumePoint;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the state database keeps for the next engine.
 *
 * @param resume what was applied, and what lasts
 * @param replayFrom first leaf that the next engine must read
 */
record DetectionMemory(ResumePoint resume, long replayFrom) {

  static DetectionMemory read(JdbcClient jdbc) {
    long applied = Mark.DETECTION_APPLIED.read(jdbc).orElse(-1);
    Map<String, String> lasting =
        jdbc
            .sql("select id, content from detection_lasting")
            .query((row, n) -> new LastingState(row.getString("id"), row.getString("content")))
            .stream()
            .collect(toMap(LastingState::key, piece -> requireNonNull(piece.state())));
    return new DetectionMemory(
        new ResumePoint(applied, lasting),
        Mark.DETECTION_REPLAY_FROM.read(jdbc).orElse(applied + 1));
  }

  /** Stores, within the caller's transaction, how far an engine has come and what it knows. */
  static void write(JdbcClient jdbc, long applied, long replayFrom, List<LastingState> changes) {
    Mark.DETECTION_APPLIED.write(jdbc, applied);
    Mark.DETECTION_REPLAY_FROM.write(jdbc, replayFrom);
    for (LastingState piece : changes) {
      jdbc.sql("delete from detection_lasting where id = :id").param("id", piece.key()).update();
      if (piece.state() != null) {
        jdbc.sql("insert into detection_lasting (id, content) values (:id, :content)")
            .param("id", piece.key())
            .param("content", piece.state())
            .update();
      }
    }
  }
}
