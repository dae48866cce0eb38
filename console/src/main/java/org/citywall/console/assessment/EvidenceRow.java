// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.Micros;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of the table of evidence. */
final class EvidenceRow {

  private EvidenceRow() {}

  /** All evidence of a round by item, the oldest first. */
  static Map<ItemKey, List<Evidence>> all(JdbcClient jdbc, AssessmentId round) {
    Map<ItemKey, List<Evidence>> found = new LinkedHashMap<>();
    jdbc.sql("select * from assessment_evidence where assessment = :round order by position")
        .param("round", round.ordinal())
        .query(
            (ResultSet row) -> {
              ItemKey key =
                  new ItemKey(
                      row.getString("framework"), row.getString("item"), row.getString("object"));
              found.computeIfAbsent(key, k -> new ArrayList<>()).add(of(row));
            });
    return found;
  }

  static void insert(
      Journal journal, Actor actor, AssessmentId round, ItemKey key, Evidence evidence) {
    journal
        .jdbc()
        .sql(
            """
            insert into assessment_evidence (assessment, framework, item, object, position, name,
              leaf, sha256, about_from, about_to, recorded_at, recorded_by)
            values (:round, :framework, :item, :object,
              (select coalesce(max(position), 0) + 1 from assessment_evidence
               where assessment = :round and framework = :framework and item = :item
                 and object = :object),
              :name, :leaf, :sha256, :from, :to, :at, :by)
            """)
        .param("round", round.ordinal())
        .param("framework", key.framework())
        .param("item", key.item())
        .param("object", key.object())
        .param("name", evidence.name())
        .param("leaf", evidence.leaf())
        .param("sha256", evidence.sha256())
        .param("from", evidence.from().toEpochDay())
        .param("to", evidence.to().toEpochDay())
        .param("at", Micros.of(journal.now()))
        .param("by", actor.user())
        .update();
  }

  private static Evidence of(ResultSet row) throws SQLException {
    return new Evidence(
        row.getString("name"),
        Rows.number(row, "leaf"),
        row.getString("sha256"),
        LocalDate.ofEpochDay(row.getLong("about_from")),
        LocalDate.ofEpochDay(row.getLong("about_to")),
        Rows.time(row, "recorded_at"),
        row.getString("recorded_by"));
  }
}
