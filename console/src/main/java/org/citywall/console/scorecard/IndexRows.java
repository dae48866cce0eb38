// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citywall.audit.event.Micros;
import org.citywall.compliance.catalogue.Wording;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.console.scorecard.IndexBoard.State;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of periods and their values. */
final class IndexRows {

  private IndexRows() {}

  /** A period as it is kept. */
  record Head(
      String id,
      long version,
      State state,
      @Nullable String preparedBy,
      @Nullable Instant preparedAt,
      @Nullable String signedBy,
      @Nullable Instant signedAt,
      @Nullable String content,
      @Nullable String digest) {

    static Head none(IndexPeriod period) {
      return new Head(period.id(), 0, State.OPEN, null, null, null, null, null, null);
    }
  }

  static Optional<Head> head(JdbcClient jdbc, String period) {
    return jdbc.sql("select * from index_period where id = :id")
        .param("id", period)
        .query(IndexRows::head)
        .optional();
  }

  /** Signed periods, the latest first. */
  static List<Head> frozen(JdbcClient jdbc, int limit) {
    return jdbc.sql(
            "select * from index_period where state = 'FROZEN' order by id desc limit :limit")
        .param("limit", limit)
        .query(IndexRows::head)
        .list();
  }

  static void store(JdbcClient jdbc, Head head) {
    if (head.version() == 1) {
      jdbc.sql("insert into index_period (id, version, state) values (:id, 1, 'OPEN')")
          .param("id", head.id())
          .update();
    }
    // A signed period is out of reach of every change, whatever its caller believes.
    jdbc.sql(
            """
            update index_period set version = :version, state = :state, prepared_by = :preparedBy,
              prepared_at = :preparedAt, signed_by = :signedBy, signed_at = :signedAt,
              content = :content, digest = :digest
            where id = :id and state <> 'FROZEN'
            """)
        .param("version", head.version())
        .param("state", head.state().name())
        .param("preparedBy", head.preparedBy())
        .param("preparedAt", micros(head.preparedAt()))
        .param("signedBy", head.signedBy())
        .param("signedAt", micros(head.signedAt()))
        .param("content", head.content())
        .param("digest", head.digest())
        .param("id", head.id())
        .update();
  }

  static List<IndexValue> values(JdbcClient jdbc, String period) {
    return jdbc.sql("select * from index_value where period = :period order by indicator")
        .param("period", period)
        .query(IndexRows::value)
        .list();
  }

  static void store(JdbcClient jdbc, String period, IndexValue value) {
    jdbc.sql("delete from index_value where period = :period and indicator = :indicator")
        .param("period", period)
        .param("indicator", value.indicator())
        .update();
    jdbc.sql(
            """
            insert into index_value (period, indicator, origin, applicable, reached, explained_zh,
              explained_en, query, leaves, evidence, sha256, about_from, about_to, recorded_at,
              recorded_by)
            values (:period, :indicator, :origin, :applicable, :reached, :zh, :en, :query, :leaves,
              :evidence, :sha256, :from, :to, :at, :by)
            """)
        .param("period", period)
        .param("indicator", value.indicator())
        .param("origin", value.origin().name())
        .param("applicable", value.applicable())
        .param("reached", value.reached())
        .param("zh", value.explanation().zh())
        .param("en", value.explanation().forReader(false))
        .param("query", value.query())
        .param(
            "leaves", value.leaves().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .param("evidence", value.evidence())
        .param("sha256", value.sha256())
        .param("from", value.from().toEpochDay())
        .param("to", value.to().toEpochDay())
        .param("at", Micros.of(value.recordedAt()))
        .param("by", value.recordedBy())
        .update();
  }

  private static Head head(ResultSet row, int n) throws SQLException {
    return new Head(
        row.getString("id"),
        row.getLong("version"),
        State.valueOf(row.getString("state")),
        row.getString("prepared_by"),
        time(row, "prepared_at"),
        row.getString("signed_by"),
        time(row, "signed_at"),
        row.getString("content"),
        row.getString("digest"));
  }

  private static IndexValue value(ResultSet row, int n) throws SQLException {
    String leaves = row.getString("leaves");
    return new IndexValue(
        row.getString("indicator"),
        IndexValue.Origin.valueOf(row.getString("origin")),
        row.getBoolean("applicable"),
        row.getBigDecimal("reached"),
        new Wording(row.getString("explained_zh"), row.getString("explained_en")),
        row.getString("query"),
        leaves.isEmpty() ? List.of() : Arrays.stream(leaves.split(" ")).map(Long::valueOf).toList(),
        row.getString("evidence"),
        row.getString("sha256"),
        LocalDate.ofEpochDay(row.getLong("about_from")),
        LocalDate.ofEpochDay(row.getLong("about_to")),
        Micros.toInstant(row.getLong("recorded_at")),
        row.getString("recorded_by"));
  }

  private static @Nullable Long micros(@Nullable Instant time) {
    return time == null ? null : Micros.of(time);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }
}
