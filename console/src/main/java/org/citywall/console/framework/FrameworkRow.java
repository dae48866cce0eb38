// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.console.Actor;
import org.citywall.console.framework.OwnFramework.Published;
import org.citywall.console.state.Journal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of frameworks that officers write. */
final class FrameworkRow {

  private FrameworkRow() {}

  static List<OwnFramework> all(JdbcClient jdbc) {
    Map<String, List<Published>> versions = versions(jdbc);
    return jdbc.sql("select * from own_framework order by id")
        .query((row, n) -> of(row, versions))
        .list();
  }

  static Optional<OwnFramework> find(JdbcClient jdbc, String id) {
    Map<String, List<Published>> versions = versions(jdbc);
    return jdbc.sql("select * from own_framework where id = :id")
        .param("id", id)
        .query((row, n) -> of(row, versions))
        .optional();
  }

  static OwnFramework get(JdbcClient jdbc, String id) {
    return find(jdbc, id)
        .orElseThrow(
            () ->
                new PlatformException(
                    ComplianceErrorCode.CATALOGUE_UNKNOWN, "officers wrote no " + id));
  }

  /** All that is published. */
  static List<Catalogue> published(JdbcClient jdbc) {
    return jdbc.sql("select framework, number, content from own_framework_version")
        .query(
            (row, n) ->
                Catalogue.parse(
                    row.getString("framework") + "/" + row.getInt("number"),
                    row.getString("content")))
        .list();
  }

  private static Map<String, List<Published>> versions(JdbcClient jdbc) {
    Map<String, List<Published>> all = new HashMap<>();
    jdbc.sql(
            """
            select framework, number, digest, published_at, published_by
            from own_framework_version order by number desc
            """)
        .query(
            row -> {
              all.computeIfAbsent(row.getString("framework"), id -> new ArrayList<>())
                  .add(
                      new Published(
                          row.getInt("number"),
                          row.getString("digest"),
                          Micros.toInstant(row.getLong("published_at")),
                          row.getString("published_by")));
            });
    return all;
  }

  private static OwnFramework of(ResultSet row, Map<String, List<Published>> versions)
      throws SQLException {
    String id = row.getString("id");
    String draft = row.getString("draft");
    String editors = row.getString("editors");
    return new OwnFramework(
        id,
        row.getLong("version"),
        draft == null ? null : Catalogue.parse("draft of " + id, draft),
        editors.isEmpty() ? Set.of() : Set.of(editors.split(" ")),
        versions.getOrDefault(id, List.of()));
  }

  static void insert(Journal journal, Actor actor, Catalogue draft) {
    journal
        .jdbc()
        .sql(
            """
            insert into own_framework (id, version, draft, editors, changed_at, changed_by)
            values (:id, 1, :draft, :editors, :at, :by)
            """)
        .param("id", draft.id())
        .param("draft", draft.yaml())
        .param("editors", actor.user())
        .param("at", Micros.of(journal.now()))
        .param("by", actor.user())
        .update();
  }

  static void update(
      Journal journal,
      Actor actor,
      OwnFramework was,
      @Nullable Catalogue draft,
      Set<String> editors) {
    journal
        .jdbc()
        .sql(
            """
            update own_framework set version = :version, draft = :draft, editors = :editors,
              changed_at = :at, changed_by = :by
            where id = :id
            """)
        .param("version", was.version() + 1)
        .param("draft", draft == null ? null : draft.yaml())
        .param("editors", String.join(" ", new TreeSet<>(editors)))
        .param("at", Micros.of(journal.now()))
        .param("by", actor.user())
        .param("id", was.id())
        .update();
  }

  static void publish(Journal journal, Actor actor, Catalogue draft) {
    journal
        .jdbc()
        .sql(
            """
            insert into own_framework_version (framework, number, digest, content, published_at,
              published_by)
            values (:id, :number, :digest, :content, :at, :by)
            """)
        .param("id", draft.id())
        .param("number", draft.version())
        .param("digest", draft.digest())
        .param("content", draft.yaml())
        .param("at", Micros.of(journal.now()))
        .param("by", actor.user())
        .update();
  }

  static void delete(JdbcClient jdbc, String id) {
    jdbc.sql("delete from own_framework where id = :id").param("id", id).update();
  }
}
