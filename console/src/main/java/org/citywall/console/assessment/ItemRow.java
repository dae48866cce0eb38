// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.compliance.score.Result;
import org.citywall.console.ConsoleErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.databind.json.JsonMapper;

/** A row of the table of items' results. */
final class ItemRow {

  private static final int CHUNK = 100;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ItemRow() {}

  static List<ItemResult> all(JdbcClient jdbc, AssessmentId round) {
    return jdbc.sql("select * from assessment_item where assessment = :round")
        .param("round", round.ordinal())
        .query(ItemRow::of)
        .list();
  }

  static ItemResult get(JdbcClient jdbc, AssessmentId round, ItemKey key) {
    return jdbc.sql("select * from assessment_item" + KEY)
        .param("round", round.ordinal())
        .param("framework", key.framework())
        .param("item", key.item())
        .param("object", key.object())
        .query(ItemRow::of)
        .optional()
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.ITEM_UNKNOWN, key.control()));
  }

  private static final String KEY =
      " where assessment = :round and framework = :framework and item = :item and object = :object";

  private static ItemResult of(ResultSet row, int n) throws SQLException {
    LocalDate until = Rows.day(row, "applies_until");
    String crypto = row.getString("crypto");
    return new ItemResult(
        new ItemKey(row.getString("framework"), row.getString("item"), row.getString("object")),
        row.getLong("version"),
        Result.valueOf(row.getString("outcome")),
        ItemResult.Origin.valueOf(row.getString("origin")),
        row.getString("assessor"),
        row.getString("reviewer"),
        row.getString("comment"),
        until == null
            ? null
            : new Applicability(row.getString("reason"), row.getString("approver"), until),
        row.getBigDecimal("score_value"),
        crypto == null ? null : JSON.readValue(crypto, Crypto.class),
        Rows.day(row, "evidence_until"),
        Rows.time(row, "decided_at"));
  }

  /** An item of which nothing is known yet. */
  static ItemResult untested(ItemKey key, ItemResult.Origin origin) {
    return new ItemResult(
        key, 1, Result.UNTESTED, origin, null, null, "", null, null, null, null, null);
  }

  /** Many items at once; only what an item can have that nobody settled is written. */
  static void insertAll(JdbcClient jdbc, AssessmentId round, List<ItemResult> items) {
    for (int from = 0; from < items.size(); from += CHUNK) {
      List<ItemResult> chunk = items.subList(from, Math.min(items.size(), from + CHUNK));
      List<Object> values = new ArrayList<>();
      for (ItemResult item : chunk) {
        values.add(round.ordinal());
        values.add(item.key().framework());
        values.add(item.key().item());
        values.add(item.key().object());
        values.add(item.version());
        values.add(item.stated().name());
        values.add(item.origin().name());
        values.add(item.comment());
      }
      String row = "(?, ?, ?, ?, ?, ?, ?, ?)";
      jdbc.sql(
              "insert into assessment_item (assessment, framework, item, object, version, outcome,"
                  + " origin, comment) values "
                  + String.join(", ", Collections.nCopies(chunk.size(), row)))
          .params(values)
          .update();
    }
  }

  static void insert(JdbcClient jdbc, AssessmentId round, ItemResult item) {
    bind(
            jdbc.sql(
                """
                insert into assessment_item (assessment, framework, item, object, version, outcome,
                  origin, assessor, reviewer, comment, reason, approver, applies_until, score_value,
                  crypto, evidence_until, decided_at)
                values (:round, :framework, :item, :object, :version, :outcome, :origin, :assessor,
                  :reviewer, :comment, :reason, :approver, :appliesUntil, :value, :crypto,
                  :evidenceUntil, :decidedAt)
                """),
            round,
            item)
        .update();
  }

  static void update(JdbcClient jdbc, AssessmentId round, ItemResult item) {
    bind(
            jdbc.sql(
                """
                update assessment_item set version = :version, outcome = :outcome, origin = :origin,
                  assessor = :assessor, reviewer = :reviewer, comment = :comment, reason = :reason,
                  approver = :approver, applies_until = :appliesUntil, score_value = :value,
                  crypto = :crypto, evidence_until = :evidenceUntil, decided_at = :decidedAt
                """
                    + KEY),
            round,
            item)
        .update();
  }

  static void delete(JdbcClient jdbc, AssessmentId round, ItemKey key) {
    jdbc.sql("delete from assessment_item" + KEY)
        .param("round", round.ordinal())
        .param("framework", key.framework())
        .param("item", key.item())
        .param("object", key.object())
        .update();
  }

  private static StatementSpec bind(StatementSpec statement, AssessmentId round, ItemResult item) {
    Applicability applies = item.applicability();
    return statement
        .param("round", round.ordinal())
        .param("framework", item.key().framework())
        .param("item", item.key().item())
        .param("object", item.key().object())
        .param("version", item.version())
        .param("outcome", item.stated().name())
        .param("origin", item.origin().name())
        .param("assessor", item.assessor())
        .param("reviewer", item.reviewer())
        .param("comment", item.comment())
        .param("reason", applies == null ? null : applies.reason())
        .param("approver", applies == null ? null : applies.approver())
        .param("appliesUntil", applies == null ? null : Rows.day(applies.until()))
        .param("value", item.value())
        .param("crypto", text(item.crypto()))
        .param("evidenceUntil", Rows.day(item.evidenceUntil()))
        .param("decidedAt", item.decidedAt() == null ? null : Micros.of(item.decidedAt()));
  }

  private static @Nullable String text(@Nullable Crypto crypto) {
    return crypto == null ? null : JSON.writeValueAsString(crypto);
  }
}
