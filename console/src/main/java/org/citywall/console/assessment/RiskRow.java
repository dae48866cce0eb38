// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.util.List;
import org.citywall.compliance.score.RiskGrade;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A row of the table of risks. */
final class RiskRow {

  private RiskRow() {}

  static List<RemainingRisk> all(JdbcClient jdbc, AssessmentId round) {
    return jdbc.sql("select * from assessment_risk where assessment = :round order by position")
        .param("round", round.ordinal())
        .query(
            (row, n) ->
                new RemainingRisk(
                    row.getInt("position"),
                    row.getString("item"),
                    RiskGrade.valueOf(row.getString("grade")),
                    row.getBoolean("major"),
                    row.getString("note"),
                    row.getBoolean("mended")))
        .list();
  }

  static void insert(JdbcClient jdbc, AssessmentId round, RemainingRisk risk) {
    jdbc.sql(
            """
            insert into assessment_risk (assessment, position, item, grade, major, note, mended)
            values (:round, :position, :item, :grade, :major, :note, :mended)
            """)
        .param("round", round.ordinal())
        .param("position", risk.position())
        .param("item", risk.item())
        .param("grade", risk.grade().name())
        .param("major", risk.major())
        .param("note", risk.note())
        .param("mended", risk.mended())
        .update();
  }

  static void mend(JdbcClient jdbc, AssessmentId round, int position) {
    jdbc.sql(
            """
            update assessment_risk set mended = true
            where assessment = :round and position = :position
            """)
        .param("round", round.ordinal())
        .param("position", position)
        .update();
  }
}
